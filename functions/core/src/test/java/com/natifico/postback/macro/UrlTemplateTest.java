package com.natifico.postback.macro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.natifico.postback.macro.Template.Kind;
import com.natifico.postback.url.HttpUrl;
import com.natifico.postback.url.Scheme;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UrlTemplateTest {
  private static String expand(String source, MacroValues values) {
    return Template.of(source, Kind.URL).expand(values);
  }

  @Test
  void insertsTheValues() {
    Template template =
        Template.of("https://t.example/pb?cid={ref_id}&payout={sum}&again={clickid}", Kind.URL);

    assertEquals(
        "https://t.example/pb?cid=w8J3kUG5&payout=12.50&again=w8J3kUG5",
        template.expand(Values.of("ref_id", "w8J3kUG5").with("sum", "12.50")));
    assertEquals(List.of("ref_id", "sum"), template.macros().stream().map(Macro::name).toList());
    assertTrue(template.hasRefId());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          AZaz09-._~      | AZaz09-._~
          `a b`           | a%20b
          a&b=c#d?e/f     | a%26b%3Dc%23d%3Fe%2Ff
          100%            | 100%25
          a+b             | a%2Bb
          %41             | %2541
          {ref_id}        | %7Bref_id%7D
          ü               | %C3%BC
          €               | %E2%82%AC
          😀              | %F0%9F%98%80
          """)
  void encodesAllExceptUnreservedCharacters(String value, String encoded) {
    assertEquals(
        "https://t.example/?v=" + encoded,
        expand("https://t.example/?v={sub1}", Values.of("sub1", value)));
  }

  @ParameterizedTest
  @CsvSource({"'\uD800'", "'\uDC00'"})
  void replacesUnpairedSurrogates(String half) {
    assertEquals(
        "https://t.example/?v=a%EF%BF%BDb",
        expand("https://t.example/?v={sub1}", Values.of("sub1", "a" + half + "b")));
  }

  @Test
  void encodesLineBreaksInValues() {
    assertEquals(
        "https://t.example/?v=a%0D%0AX%3A%20y",
        expand("https://t.example/?v={sub1}", Values.of("sub1", "a\r\nX: y")));
    assertEquals(
        "https://t.example/?v=a%0D%0AX:%20y",
        expand("https://t.example/?v={sub1|raw}", Values.of("sub1", "a\r\nX: y")));
  }

  @ParameterizedTest
  @CsvSource({
    "https://t.example/{sub1}/x, ., https://t.example/%2E/x",
    "https://t.example/{sub1}/x, .., https://t.example/%2E%2E/x",
    "https://t.example/{sub1}, .., https://t.example/%2E%2E",
    "https://t.example/{sub1}?v={sub1}, .., https://t.example/%2E%2E?v=..",
    "https://t.example/.{sub1}/, ., https://t.example/%2E%2E/",
    "https://t.example/{sub1}{sub1}/x, ., https://t.example/%2E%2E/x",
    "https://t.example/a{sub1}/x, .., https://t.example/a../x",
    "https://t.example/{sub1}/x, ..., https://t.example/.../x",
    "https://t.example/{sub1|raw}/x, a/../../b, https://t.example/a/%2E%2E/%2E%2E/b/x",
    "https://t.example/{sub1|raw}/x, ..?y=/../, https://t.example/%2E%2E?y=/..//x"
  })
  void encodesASegmentThatConsistsOfDots(String source, String value, String expanded) {
    assertEquals(expanded, expand(source, Values.of("sub1", value)));
  }

  @Test
  void encodesASegmentThatBecomesADotWithoutItsValue() {
    assertEquals("https://t.example/%2E/x", expand("https://t.example/.{sub1}/x", Values.NONE));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          a=1&b=2/c?d:@!$'()*+,; | a=1&b=2/c?d:@!$'()*+,;
          %41%zz%                | %41%25zz%25
          a#b                    | a%23b
          `a b`                  | a%20b
          <"\\^`{}>               | %3C%22%5C%5E%60%7B%7D%3E
          [0]                    | [0]
          ü                      | %C3%BC
          """)
  void rawKeepsCharactersThatAreValidInAQuery(String value, String sent) {
    assertEquals(
        "https://t.example/?" + sent,
        expand("https://t.example/?{sub1|raw}", Values.of("sub1", value)));
  }

  @Test
  void rawKeepsTheSlashesOfAPath() {
    assertEquals(
        "https://t.example/a/b%5B0%5D?c=d",
        expand("https://t.example/{sub1|raw}", Values.of("sub1", "a/b[0]?c=d")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "->",
      quoteCharacter = '`',
      textBlock =
          """
          https://t.example/?q=größe&r={ref_id} -> https://t.example/?q=gr%C3%B6%C3%9Fe&r=1
          `https://t.example/a b?q=c d&r={ref_id}` -> https://t.example/a%20b?q=c%20d&r=1
          https://t.example/^?q=a|b"c&r={ref_id} -> https://t.example/%5E?q=a%7Cb%22c&r=1
          https://t.example/a[0]?i[0]=x&r={ref_id} -> https://t.example/a%5B0%5D?i[0]=x&r=1
          https://t.example/%41?q=%2f&r={ref_id} -> https://t.example/%41?q=%2f&r=1
          https://t.example?r={ref_id} -> https://t.example?r=1
          HTTPS://T.example:8443/?r={ref_id} -> HTTPS://T.example:8443/?r=1
          https://[2001:db8::1]:443/?r={ref_id} -> https://[2001:db8::1]:443/?r=1
          https://203.0.113.7/?r={ref_id} -> https://203.0.113.7/?r=1
          https://t.example/?{ref_id}=x -> https://t.example/?1=x
          https://t.example/a?b?c/../d={ref_id} -> https://t.example/a?b?c/../d=1
          """)
  void encodesItsOwnTextLikeABrowser(String source, String sent) {
    assertEquals(sent, expand(source, Values.of("ref_id", "1")));
    assertEquals(source, Template.of(source, Kind.URL).source());
    assertNotNull(URI.create(sent).getHost());
  }

  @ParameterizedTest
  @CsvSource({
    "https://T.example/?r={ref_id}, HTTPS, T.example, t.example, 443",
    "HTTP://t.example:8080?r={ref_id}, HTTP, t.example, t.example, 8080",
    "'https://[2001:db8::1]:443/{ref_id}', HTTPS, [2001:db8::1], 2001:db8:0:0:0:0:0:1, 443",
    "'https://[2001:db8::1]/{ref_id}', HTTPS, [2001:db8::1], 2001:db8:0:0:0:0:0:1, 443"
  })
  void saysWhereItLeads(String source, Scheme scheme, String written, String host, int port) {
    HttpUrl url = Template.of(source, Kind.URL).url();

    assertEquals(written, url.written().host());
    assertEquals(scheme, url.endpoint().scheme());
    assertEquals(host, url.endpoint().host().text());
    assertEquals(port, url.endpoint().port());
  }

  @Test
  void rejectsAnInvalidSource() {
    assertThrows(
        IllegalArgumentException.class, () -> Template.of("https://t.example/{nothing}", Kind.URL));
  }

  @Test
  void hasNoAddressAsABody() {
    Template body = Template.of("a={ref_id}", Kind.FORM);

    assertThrows(IllegalStateException.class, body::url);
  }
}
