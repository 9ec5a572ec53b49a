package com.natifico.postback.postback;

import com.natifico.postback.macro.SecretPlaceholder;
import com.natifico.postback.macro.Template.Finding;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The request headers that a postback adds to its callbacks: name to value, sorted by name. A value
 * is the same for every event; it may contain placeholders of secrets.
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

  /** The names of the secrets in the values. */
  public Set<String> secrets() {
    if (byName.isEmpty()) {
      return Set.of();
    }
    Set<String> names = new TreeSet<>();
    byName.values().forEach(value -> names.addAll(SecretPlaceholder.names(value)));
    return names;
  }

  /** The headers with other values. */
  RequestHeaders map(UnaryOperator<String> change) {
    Map<String, String> changed = new TreeMap<>(byName);
    changed.replaceAll((_, value) -> change.apply(value));
    return new RequestHeaders(changed);
  }

  /** Whether the text has only visible ASCII characters, with blanks in between. */
  static boolean isVisible(String text) {
    return VISIBLE.matcher(text).matches();
  }

  /**
   * Why a header with this value, which is valid, cannot be sent with these secrets; null if it
   * can.
   *
   * @param secrets secrets that it does not contain are not judged
   */
  public static @Nullable Finding refusalOfSecrets(String value, Map<String, SecretShape> secrets) {
    int length = value.length();
    for (String name : SecretPlaceholder.names(value)) {
      SecretShape secret = secrets.get(name);
      if (secret == null) {
        continue;
      }
      String placeholder = SecretPlaceholder.of(name);
      if (!secret.fitsHeader()) {
        return new Finding(
            "secret_unfit_for_header",
            "The secret "
                + name
                + " cannot be sent in a header: it must have only visible ASCII characters, with"
                + " blanks only in between.",
            null,
            null);
      }
      int uses = (value.length() - value.replace(placeholder, "").length()) / placeholder.length();
      length += uses * (secret.length() - placeholder.length());
    }
    return length <= MAX_VALUE
        ? null
        : new Finding(
            "secret_unfit_for_header",
            "With its secrets, the value of the header is longer than 1,024 characters.",
            null,
            null);
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
    if (value.isEmpty() || value.length() > MAX_VALUE || !isVisible(value)) {
      return new Finding(
          "invalid_header_value",
          "The value of a header has 1 to 1,024 visible ASCII characters, with blanks only in"
              + " between.",
          null,
          null);
    }
    if (MACRO.matcher(withoutSecrets(value)).find()) {
      return new Finding(
          "macro_in_header",
          "The value of a header is the same for every event: it contains no macro except"
              + " {secret.NAME}.",
          null,
          null);
    }
    return null;
  }

  private static String withoutSecrets(String value) {
    String rest = value;
    for (String name : SecretPlaceholder.names(value)) {
      rest = rest.replace(SecretPlaceholder.of(name), " ");
    }
    return rest;
  }
}
