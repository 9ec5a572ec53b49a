package com.natifico.postback.macro;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.natifico.postback.macro.Template.Kind;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FilterTest {
  private static final Instant NOON = Instant.parse("2026-11-02T14:03:09.250Z");

  static Stream<Arguments> filters() {
    return Stream.of(
        Arguments.of("default:none", "", "none"),
        Arguments.of("default:none", "x", "x"),
        Arguments.of("default:New York: a=b,c", "", "New York: a=b,c"),
        Arguments.of("map:approved=sale,pending=lead", "approved", "sale"),
        Arguments.of("map:approved=sale,pending=lead", "pending", "lead"),
        Arguments.of("map:approved=sale,pending=lead", "declined", "declined"),
        Arguments.of("map:Approved=sale", "approved", "sale"),
        Arguments.of("map:a=1,A=2", "A", "2"),
        Arguments.of("map:x=", "x", ""),
        Arguments.of("map:x=a=b", "x", "a=b"),
        Arguments.of("map:x=y", "", ""),
        Arguments.of("upper", "straße é", "STRASSE É"),
        Arguments.of("lower", "ABC İI", "abc i̇i"),
        Arguments.of("UPPER", "a", "A"),
        Arguments.of(
            "sha256", "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        Arguments.of(
            "sha256", "ü", "607474ca475a9724d7360aba71a56d5df77e61350e3f724cfa1f46e857e2d85f"),
        Arguments.of("sha256", "", ""),
        Arguments.of("multiply:0.5", "12.50", "6.25"),
        Arguments.of("multiply:2", "12.50", "25"),
        Arguments.of("multiply:0.1", "0.1", "0.01"),
        Arguments.of("multiply:100", "12.34", "1234"),
        Arguments.of("multiply:1000", "100", "100000"),
        Arguments.of("multiply:-1", "3.10", "-3.1"),
        Arguments.of("multiply:0", "3.10", "0"),
        Arguments.of(
            "multiply:0.12345678",
            "999999999999999999.99999999",
            "123456779999999999.9999999987654322"),
        Arguments.of("multiply:2", "", ""),
        Arguments.of("multiply:2", "abc", "abc"),
        Arguments.of("multiply:2", "1e999999999", "1e999999999"),
        Arguments.of("multiply:2", "1.", "1."),
        Arguments.of("multiply:2", "-", "-"),
        Arguments.of("multiply:2", "٣", "٣"),
        Arguments.of("scale:2", "1.005", "1.01"),
        Arguments.of("scale:2", "1.004999", "1.00"),
        Arguments.of("scale:2", "-1.005", "-1.01"),
        Arguments.of("scale:0", "1.5", "2"),
        Arguments.of("scale:0", "2.5", "3"),
        Arguments.of("scale:2", "7", "7.00"),
        Arguments.of("scale:2", "-0.001", "0.00"),
        Arguments.of("scale:2", "abc", "abc"),
        Arguments.of("scale:2", "", ""),
        Arguments.of("multiply:0.3|scale:2", "1.15", "0.35"),
        Arguments.of("default:0|multiply:2|scale:1", "", "0.0"),
        Arguments.of("multiply:2|default:none", "", "none"),
        Arguments.of("lower|map:sale=1", "SALE", "1"),
        Arguments.of("map:sale=approved|upper", "sale", "APPROVED"),
        Arguments.of("upper|raw", "a/b", "A/B"),
        Arguments.of("trim", " \u00a0a b\u200b ", "a b"),
        Arguments.of("trim", " \u200b", ""),
        Arguments.of("digits", "+49 (30) 1234-5", "493012345"),
        Arguments.of("digits", "abc\u0663", ""),
        Arguments.of(
            "trim|lower|sha256",
            " ABC ",
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        Arguments.of("ms", "1793628189", "1793628189000"),
        Arguments.of("ms", "-1.5", "-1500"),
        Arguments.of("ms", "", ""),
        Arguments.of("ms", "soon", "soon"));
  }

  @ParameterizedTest
  @MethodSource("filters")
  void changesTheValue(String filters, String value, String expected) {
    Template template = Template.of("{\"v\":\"{sub1|" + filters + "}\"}", Kind.JSON);

    assertEquals("{\"v\":\"" + expected + "\"}", template.expand(Values.of("sub1", value)));
  }

  @Test
  void keepsADecimalUnchanged() {
    Template template = Template.of("https://t.example/?p={sum}", Kind.URL);

    assertEquals("https://t.example/?p=12.50", template.expand(Values.of("sum", "12.50")));
  }

  @Test
  void writesMillisecondsAsANumber() {
    Template template = Template.of("{\"t\":{timestamp|ms}}", Kind.JSON);

    assertEquals("{\"t\":1793628189000}", template.expand(Values.of("timestamp", "1793628189")));
  }

  static Stream<Arguments> formats() {
    return Stream.of(
        Arguments.of("format:yyyy-MM-dd'T'HH:mm:ssXXX", "2026-11-02T14:03:09Z"),
        Arguments.of("format:yyyy-MM-dd HH:mm:ss,Europe/Berlin", "2026-11-02 15:03:09"),
        Arguments.of("format:yyyy-MM-dd'T'HH:mm:ssXXX,Europe/Berlin", "2026-11-02T15:03:09+01:00"),
        Arguments.of("format:HH:mm,+05:30", "19:33"),
        Arguments.of("format:dd MMM yyyy", "02 Nov 2026"),
        Arguments.of("format:EEE',' dd MMM", "Mon, 02 Nov"),
        Arguments.of("format:EEE',' dd MMM,America/New_York", "Mon, 02 Nov"),
        Arguments.of("format:ss.SSS", "09.250"),
        Arguments.of("default:never|format:yyyy", "2026"),
        Arguments.of("format:MMM|upper", "NOV"));
  }

  @ParameterizedTest
  @MethodSource("formats")
  void writesATimeInThisFormat(String filters, String expected) {
    Template template = Template.of("{\"v\":\"{date|" + filters + "}\"}", Kind.JSON);

    assertEquals("{\"v\":\"" + expected + "\"}", template.expand(Values.of("date", NOON)));
  }

  @Test
  void writesNothingForAMissingTime() {
    Template template =
        Template.of(
            "a={click_date|format:yyyy}&b={click_date|default:never|format:yyyy}", Kind.FORM);

    assertEquals("a=&b=never", template.expand(Values.NONE));
  }

  @Test
  void writesNoTimeThatThePatternCannotWrite() {
    Template template = Template.of("a={date|format:yyyy,Europe/Berlin}", Kind.FORM);

    assertEquals("a=", template.expand(Values.of("date", Instant.MAX)));
  }
}
