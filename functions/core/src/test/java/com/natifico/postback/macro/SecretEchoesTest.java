package com.natifico.postback.macro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SecretEchoesTest {
  private static final String SECRET = "Tök/n \"1&<2>'\\";

  private static final SecretEchoes ECHOES = new SecretEchoes(Map.of("token", SECRET));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Tök/n \"1&<2>'\\",
        "TÖK/N \"1&<2>'\\",
        "T%C3%B6k%2Fn%20%221%26%3C2%3E%27%5C",
        "t%c3%b6k%2fn%20%221%26%3c2%3e%27%5c",
        "T%C3%B6k%2Fn+%221%26%3C2%3E%27%5C",
        "T%C3%B6k%2Fn%20%221%26%3C2%3E'%5C",
        "Tök/n \\\"1&<2>'\\\\",
        "Tök\\/n \\\"1&<2>'\\\\",
        "T\\u00f6k\\/n \\\"1&<2>'\\\\",
        "T\\u00F6k/n \\\"1&<2>'\\\\",
        "Tök/n &quot;1&amp;&lt;2&gt;&#039;\\",
      })
  void masksEverySpelling(String echo) {
    assertEquals(
        "got {secret.token}, {secret.token}.", ECHOES.masked("got " + echo + ", " + echo + "."));
  }

  @Test
  void masksWhatWasCutWithinTheSecret() {
    SecretEchoes echoes = new SecretEchoes(Map.of("k", "0123456789"));
    assertEquals("key={secret.k}…", echoes.masked("key=012345…"));
    assertEquals("key={secret.k}", echoes.masked("key=0123"));
    assertEquals("key=012", echoes.masked("key=012"));
  }

  @Test
  void masksShortSecretsToo() {
    assertEquals("{secret.k}0{secret.k}", new SecretEchoes(Map.of("k", "7")).masked("707"));
  }

  @Test
  void masksTheLongestFirst() {
    SecretEchoes echoes = new SecretEchoes(Map.of("a", "abcd", "b", "abcdef"));
    assertEquals("{secret.b} {secret.a}", echoes.masked("abcdef abcd"));
  }

  @Test
  void leavesOtherTexts() {
    assertEquals("abc", ECHOES.masked("abc"));
    assertEquals("Tök/n…", new SecretEchoes(Map.of()).masked("Tök/n…"));
    assertNull(ECHOES.masked(null));
  }
}
