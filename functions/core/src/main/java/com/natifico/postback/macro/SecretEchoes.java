package com.natifico.postback.macro;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds secrets in the text of a response and writes their placeholders instead: as they are,
 * percent-encoded, and as JSON or HTML escapes them, whatever their case and however short they
 * are. A secret that was encoded otherwise, as in base64, is not found.
 */
public final class SecretEchoes {
  /** A text that was cut may end within a secret; fewer characters than these reveal nothing. */
  private static final int MIN_PREFIX = 4;

  private static final String CUT = "…";

  private record Echo(String text, String placeholder) {}

  /** The longest first, because a secret may contain another. */
  private final List<Echo> echoes;

  /**
   * @param secrets by name; none is empty
   */
  public SecretEchoes(Map<String, String> secrets) {
    List<Echo> all = new ArrayList<>();
    secrets.forEach(
        (name, secret) ->
            spellings(secret).forEach(text -> all.add(new Echo(text, SecretPlaceholder.of(name)))));
    all.sort(Comparator.comparingInt((Echo echo) -> echo.text.length()).reversed());
    this.echoes = List.copyOf(all);
  }

  /** The text without secrets. */
  public @Nullable String masked(@Nullable String text) {
    return text == null || echoes.isEmpty() ? text : withoutCutSecret(withoutSecrets(text));
  }

  private String withoutSecrets(String text) {
    StringBuilder masked = new StringBuilder(text.length());
    int at = 0;
    while (at < text.length()) {
      Echo echo = at(text, at);
      if (echo == null) {
        masked.append(text.charAt(at));
        at++;
      } else {
        masked.append(echo.placeholder);
        at += echo.text.length();
      }
    }
    return masked.toString();
  }

  private @Nullable Echo at(String text, int at) {
    for (Echo echo : echoes) {
      if (isAt(text, at, echo.text, echo.text.length())) {
        return echo;
      }
    }
    return null;
  }

  private String withoutCutSecret(String text) {
    int end = text.endsWith(CUT) ? text.length() - CUT.length() : text.length();
    for (Echo echo : echoes) {
      for (int length = Math.min(echo.text.length() - 1, end); length >= MIN_PREFIX; length--) {
        if (isAt(text, end - length, echo.text, length)) {
          return text.substring(0, end - length) + echo.placeholder + text.substring(end);
        }
      }
    }
    return text;
  }

  private static boolean isAt(String text, int at, String echo, int length) {
    return text.regionMatches(true, at, echo, 0, length);
  }

  private static Set<String> spellings(String secret) {
    Set<String> all = new LinkedHashSet<>();
    all.add(secret);
    String percent = SecretPlaceholder.percentEncoded(secret);
    all.add(percent);
    all.add(URLEncoder.encode(secret, StandardCharsets.UTF_8));
    // As JavaScript's encodeURIComponent.
    all.add(
        percent
            .replace("%21", "!")
            .replace("%27", "'")
            .replace("%28", "(")
            .replace("%29", ")")
            .replace("%2A", "*"));
    String json = SecretPlaceholder.jsonEscaped(secret);
    for (String escaped : List.of(json, inAscii(json), withoutInvisible(secret))) {
      all.add(escaped);
      all.add(escaped.replace("/", "\\/"));
    }
    String html = secret.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    all.add(html);
    all.add(html.replace("\"", "&quot;"));
    all.add(html.replace("\"", "&quot;").replace("'", "&#39;"));
    all.add(html.replace("\"", "&quot;").replace("'", "&#039;"));
    return all;
  }

  private static String inAscii(String text) {
    StringBuilder ascii = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      ascii.append(c < 128 ? String.valueOf(c) : escape(c));
    }
    return ascii.toString();
  }

  /** As snippets show characters that cannot be seen. */
  private static String withoutInvisible(String text) {
    StringBuilder visible = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean invisible =
          Character.getType(c) == Character.FORMAT || c == '\u2028' || c == '\u2029';
      visible.append(invisible ? escape(c) : String.valueOf(c));
    }
    return visible.toString();
  }

  private static String escape(char c) {
    return String.format(Locale.ROOT, "\\u%04x", (int) c);
  }
}
