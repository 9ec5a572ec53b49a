package com.natifico.postback.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyMaskTest {
  private static final String KEY = "npb_network_0123456789abcdefghjk";
  private static final String OTHER = "local-network";

  private static String mask(String text) {
    return KeyMask.mask(text, List.of(OTHER), 10_000);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          a=1&secure=SECRET1&b=2                  | a=1&secure=[key]&b=2
          SECURE=SECRET1                          | SECURE=[key]
          a=1&%73ecure=SECRET1                    | a=1&%73ecure=[key]
          %53%45%43%55%52%45%3DSECRET1&b=2        | %53%45%43%55%52%45%3D[key]&b=2
          %2573ecure%253DSECRET1%2526b%253D2      | %2573ecure%253D[key]%2526b%253D2
          a=1&amp;secure=SECRET1&amp;b=2          | a=1&amp;secure=[key]&amp;b=2
          secure[]=SECRET1                        | secure[]=[key]
          secure%5B%5D=SECRET1                    | secure%5B%5D=[key]
          secure%00=SECRET1                       | secure%00=[key]
          secure = SECRET1                        | secure = [key]
          secure=%22SECRET1%22&b=2                | secure=%22[key]%22&b=2
          url=https%3A%2F%2Ft%3Fsecure%3DSECRET1  | url=https%3A%2F%2Ft%3Fsecure%3D[key]
          {"secure":"SECRET1","a":1}              | {"secure":"[key]","a":1}
          {"Secure" : "SECRET1" }                 | {"Secure" : "[key]" }
          {"\\u0073ecure":"SECRET1"}              | {"\\u0073ecure":"[key]"}
          {"a":"{\\"secure\\":\\"SECRET1\\"}"}    | {"a":"{\\"secure\\":\\"[key]\\"}"}
          {"secure":12345}                        | {"secure":[key]}
          {"secure":"","a":"b"}                   | {"secure":"","a":"b"}
          secure=&a=b                             | secure=&a=b
          a=1&secure                              | a=1&secure
          a=1&secure&b=2                          | a=1&secure&b=2
          sub1=local-network&b=2                  | sub1=[key]&b=2
          sub1=%6Cocal%2Dnetwork&b=2              | sub1=[key]&b=2
          sub1=%256C%256Fcal-network&b=2          | sub1=[key]&b=2
          {"sub1":"\\u006cocal-network"}          | {"sub1":"[key]"}
          sub1=LOCAL-NETWORK                      | sub1=LOCAL-NETWORK
          x=npb_manager_0f9a8b7c,y                | x=[key],y
          x=NPB%5Fmanager%5F0f9a8b7c&y=2          | x=[key]&y=2
          """)
  void masksKeysHoweverTheyAreWritten(String sent, String kept) {
    assertEquals(kept, mask(sent));
    assertFalse(mask(sent).contains("SECRET1"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          conversion_id=c-1&affiliate_id=77&sum=12.50
          a=50%&b=%zz&c=%2&d=%
          a=\\u12&b=\\&c=\\u
          secured=1&securely=2
          npa_network_1
          """)
  void keepsEverythingElse(String sent) {
    assertEquals(sent, mask(sent));
  }

  @Test
  void readsNoFurtherThanIsNeeded() {
    String masked = KeyMask.mask("x".repeat(100), List.of(), 10);
    assertEquals("x".repeat(10), masked);
    assertEquals("x".repeat(9) + "[key]", KeyMask.mask("x".repeat(9) + KEY + "yyy", List.of(), 10));
  }

  /** Long runs of what begins an encoded character take no longer than other texts. */
  @Test
  void readsHostileTextsInLinearTime() {
    for (String part : List.of("\\", "%25", "%", "secure", "secure=", "npb_", "secure\"")) {
      String sent = part.repeat(2_000_000 / part.length());
      assertTrue(KeyMask.mask(sent, List.of(OTHER), Integer.MAX_VALUE).length() > 0, part);
    }
  }

  @Property(tries = 500)
  void neverFailsAndNeverKeepsTheKey(@ForAll String before, @ForAll String after) {
    for (String key : List.of(KEY, URLEncoder.encode(KEY, StandardCharsets.UTF_8))) {
      assertFalse(mask(before + "&" + key + after).contains(KEY));
      assertFalse(mask(before + "&secure=" + key + after).contains(KEY));
    }
  }
}
