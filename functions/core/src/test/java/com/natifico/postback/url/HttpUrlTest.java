package com.natifico.postback.url;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HttpUrlTest {
  /** A URL, then scheme, host and port as they are understood, and what follows the port. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          https://t.example/p?c=1          | HTTPS | t.example             | 443  | /p?c=1
          http://t.example                 | HTTP  | t.example             | 80   | ``
          HTTPS://T.Example?c=1            | HTTPS | t.example             | 443  | ?c=1
          https://t.example#top            | HTTPS | t.example             | 443  | #top
          https://t.example:8443/          | HTTPS | t.example             | 8443 | /
          https://t.example:00080/         | HTTPS | t.example             | 80   | /
          https://t.example./              | HTTPS | t.example             | 443  | /
          https://t.example/a://b:c@d      | HTTPS | t.example             | 443  | /a://b:c@d
          https://my_host.example.com/     | HTTPS | my_host.example.com   | 443  | /
          https://_a._b.example/           | HTTPS | _a._b.example         | 443  | /
          https://xn--bcher-kva.test/      | HTTPS | xn--bcher-kva.test    | 443  | /
          https://Bücher.test/             | HTTPS | xn--bcher-kva.test    | 443  | /
          https://b。test/                 | HTTPS | b.test                | 443  | /
          http://203.0.113.7/              | HTTP  | 203.0.113.7           | 80   | /
          http://0x7f.1/                   | HTTP  | 127.0.0.1             | 80   | /
          http://0177.0.0.1/               | HTTP  | 127.0.0.1             | 80   | /
          http://2130706433/               | HTTP  | 127.0.0.1             | 80   | /
          http://127.1/                    | HTTP  | 127.0.0.1             | 80   | /
          http://127.0.0.1./               | HTTP  | 127.0.0.1             | 80   | /
          http://[::ffff:127.0.0.1]/       | HTTP  | ::ffff:127.0.0.1      | 80   | /
          http://[2001:DB8::1]:8080/       | HTTP  | 2001:db8:0:0:0:0:0:1  | 8080 | /
          """)
  void reads(String url, Scheme scheme, String host, int port, String rest) {
    HttpUrl read = HttpUrl.of(url);

    assertEquals(scheme, read.endpoint().scheme());
    assertEquals(host, read.endpoint().host().text());
    assertEquals(port, read.endpoint().port());
    assertEquals(rest, read.written().rest());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ``                               | invalid_scheme
          t.example/p                      | invalid_scheme
          //t.example/                     | invalid_scheme
          /p?c=https://t.example/          | invalid_scheme
          http:t.example                   | invalid_scheme
          ftp://t.example/                 | invalid_scheme
          ` https://t.example/`            | invalid_scheme
          https://u@t.example/             | user_info
          https://u:p@t.example/           | user_info
          https://@t.example/              | user_info
          https://127.0.0.1@t.example/     | user_info
          https:///p                       | invalid_host
          https://:443/                    | invalid_host
          https://a..b/                    | invalid_host
          https://-a.example/              | invalid_host
          https://a b/                     | invalid_host
          https://a%41.example/            | invalid_host
          https://t.example\\p             | invalid_host
          https://t.example\\@e.example/   | invalid_host
          https://℀.test/                  | invalid_host
          https://256.0.0.1/               | invalid_host
          https://0b1/                     | invalid_host
          https://tracker.1/               | invalid_host
          https://2001:db8::1/             | invalid_host
          https://[::1%25eth0]/            | invalid_host
          https://[127.0.0.1]/             | invalid_host
          https://t.example:/              | invalid_port
          https://t.example:0/             | invalid_port
          https://t.example:65536/         | invalid_port
          https://t.example:+80/           | invalid_port
          https://t.example:８０/           | invalid_port
          https://[::1]:80:80/             | invalid_port
          """)
  void refuses(String url, String code) {
    InvalidUrlException refused = assertThrows(InvalidUrlException.class, () -> HttpUrl.of(url));

    assertEquals(code, refused.problems().getFirst().code());
    assertEquals(refused.problems().getFirst().message(), refused.getMessage());
  }

  @Test
  void namesEveryProblemAtOnce() {
    InvalidUrlException refused =
        assertThrows(InvalidUrlException.class, () -> HttpUrl.of("ftp://a..b:x/"));

    assertEquals(
        List.of("invalid_scheme", "invalid_host", "invalid_port"),
        refused.problems().stream().map(UrlProblem::code).toList());
  }

  @ParameterizedTest
  @CsvSource({
    "203.0.113.7, true",
    "[::ffff:127.0.0.1], true",
    "127.1, false",
    "0x7f.0.0.1, false",
    "127.0.0.01, false",
    "127.0.0.1., false",
    "１２７.0.0.1, false"
  })
  void knowsTheSpellingThatEveryParserReadsAlike(String host, boolean usual) {
    Host.Address address = (Host.Address) HttpUrl.of("http://" + host).endpoint().host();

    assertEquals(usual, address.isUsual());
  }

  @ParameterizedTest
  @CsvSource({
    "münchen.example, xn--mnchen-3ya.example",
    "MÜNCHEN.example, xn--mnchen-3ya.example",
    "трекер.рф, xn--e1aaowdh.xn--p1ai",
    "größe.example,",
    "βόλος.example,",
    "１２７.0.0.1,"
  })
  void suggestsTheAsciiFormOnWhichAllVersionsOfIdnaAgree(String host, @Nullable String suggestion) {
    UrlProblem problem = HttpUrl.of("https://" + host + "/").notInAscii();

    assertNotNull(problem);
    assertEquals("invalid_host", problem.code());
    assertEquals(suggestion, problem.suggestion());
  }

  @Test
  void storesWhatIsInAscii() {
    assertNull(HttpUrl.of("https://xn--mnchen-3ya.example/").notInAscii());
  }

  @ParameterizedTest
  @CsvSource({
    "https://T.Example:443/p, t.example:443",
    "https://t.example?c=1, t.example",
    "'http://[2001:DB8::1]:8080/', [2001:db8::1]:8080",
    "http://u:P@T.example:8/, u:p@t.example:8"
  })
  void keepsTheAuthorityAsItIsWrittenButInLowerCase(String url, String authority) {
    UrlParts parts = UrlParts.find(url);

    assertNotNull(parts);
    assertEquals(authority, parts.authority());
  }
}
