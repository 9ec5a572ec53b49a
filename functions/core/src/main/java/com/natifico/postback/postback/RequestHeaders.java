package com.natifico.postback.postback;

import com.natifico.postback.macro.Template.Finding;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The request headers that a postback adds to its callbacks: name to value, sorted by name. A value
 * is the same for every event.
 */
public record RequestHeaders(Map<String, String> byName) {
  public static final RequestHeaders NONE = new RequestHeaders(Map.of());

  /** The limit of headers of one postback. */
  public static final int MAX_HEADERS = 10;

  /** The limit of a name, in characters. RFC 9110 has none; the registered names are shorter. */
  public static final int MAX_NAME = 64;

  /** The limit of a value, in characters. */
  public static final int MAX_VALUE = 1024;

  /** A token of RFC 9110, section 5.6.2. */
  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  /** Visible ASCII characters, with blanks in between. */
  private static final Pattern VISIBLE = Pattern.compile("[!-~]+( +[!-~]+)*");

  /** What looks like a macro; it would be sent unchanged. */
  private static final Pattern MACRO = Pattern.compile("\\{[A-Za-z_][A-Za-z0-9_.-]*[}|]");

  /**
   * The names, in lower case, of the headers that decide where a request goes, where it ends or
   * what it contains, of those that the sender sets itself, and of those that concern only one
   * connection (RFC 9110, section 7.6.1).
   */
  private static final List<String> FORBIDDEN =
      List.of(
          "host",
          "content-length",
          "content-type",
          "transfer-encoding",
          "connection",
          "user-agent",
          "cookie",
          "expect",
          "keep-alive",
          "proxy-connection",
          "te",
          "trailer",
          "upgrade");

  /** The prefix of the headers of Standard Webhooks, which the sender sets. */
  private static final String WEBHOOK = "webhook-";

  public RequestHeaders {
    byName = Collections.unmodifiableMap(new TreeMap<>(byName));
  }

  public boolean isEmpty() {
    return byName.isEmpty();
  }

  /** The length of all names and values, in characters. */
  public int length() {
    int length = 0;
    for (Map.Entry<String, String> header : byName.entrySet()) {
      length += header.getKey().length() + header.getValue().length();
    }
    return length;
  }

  /** Why a header cannot have this name; null if it can. */
  public static @Nullable Finding refusalOfName(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (FORBIDDEN.contains(lower) || lower.startsWith(WEBHOOK)) {
      return new Finding(
          "forbidden_header",
          "The header " + name + " is set by the sender and cannot be changed.",
          null,
          null);
    }
    if (name.length() > MAX_NAME || !TOKEN.matcher(name).matches()) {
      return new Finding(
          "invalid_header_name",
          "The name of a header has 1 to "
              + MAX_NAME
              + " letters, digits or characters of !#$%&'*+-.^_`|~.",
          null,
          null);
    }
    return null;
  }

  /** Why a header cannot have this value; null if it can. */
  public static @Nullable Finding refusalOfValue(String value) {
    if (value.isEmpty() || value.length() > MAX_VALUE || !VISIBLE.matcher(value).matches()) {
      return new Finding(
          "invalid_header_value",
          "The value of a header has 1 to 1,024 visible ASCII characters, with blanks only in"
              + " between.",
          null,
          null);
    }
    if (MACRO.matcher(value).find()) {
      return new Finding(
          "macro_in_header",
          "The value of a header is the same for every event: it contains no macro.",
          null,
          null);
    }
    return null;
  }
}
