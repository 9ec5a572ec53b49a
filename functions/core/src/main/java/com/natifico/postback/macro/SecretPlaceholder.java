package com.natifico.postback.macro;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * <code>{secret.NAME}</code>: the placeholder of a secret of a postback. It stays in every text
 * that is stored or shown; only the sender replaces it, immediately before the request.
 *
 * <p>No value of a conversion becomes a placeholder. In URLs and forms, the braces of values are
 * percent-encoded. A JSON body with a placeholder has the opening braces in strings escaped, which
 * changes nothing for its reader. Headers contain no values.
 */
public final class SecretPlaceholder {
  /** What a template writes before the name. */
  static final String PREFIX = "secret.";

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,31}");

  private static final Pattern PLACEHOLDER =
      Pattern.compile("\\{" + Pattern.quote(PREFIX) + "(" + NAME + ")}");

  private SecretPlaceholder() {}

  /** The text in the place of the secret with this name. */
  public static String of(String name) {
    return "{" + PREFIX + name + "}";
  }

  /** Whether this is the name of a secret: {@code [a-z][a-z0-9_]{0,31}}. */
  public static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  /** The names of the secrets in the text. */
  public static Set<String> names(String text) {
    if (text.indexOf("{" + PREFIX) < 0) {
      return Set.of();
    }
    Set<String> names = new TreeSet<>();
    PLACEHOLDER.matcher(text).results().map(found -> found.group(1)).forEach(names::add);
    return names;
  }

  /** Whether the text within the braces of a macro means a secret, perhaps misspelled. */
  static boolean isMeant(String content) {
    return content.toLowerCase(Locale.ROOT).startsWith(PREFIX);
  }

  /** Where a secret is written, which decides how it is encoded. */
  public enum Place {
    /** A URL, after its host and port. */
    URL,
    FORM,
    /** Within a string of a JSON body. */
    JSON,
    /** The value of a header. */
    HEADER;

    /**
     * The text with the secrets in the place of their placeholders.
     *
     * @param names others are left as they are
     * @param values from a name to the secret
     */
    public String expand(String text, Collection<String> names, UnaryOperator<String> values) {
      return PLACEHOLDER
          .matcher(text)
          .replaceAll(found -> Matcher.quoteReplacement(replacement(found, names, values)));
    }

    private String replacement(
        MatchResult found, Collection<String> names, UnaryOperator<String> values) {
      String name = found.group(1);
      return names.contains(name) ? encoded(values.apply(name)) : found.group();
    }

    private String encoded(String secret) {
      return switch (this) {
        // A segment of the path must not become one or two dots.
        case URL -> isDots(secret) ? "%2E".repeat(secret.length()) : percentEncoded(secret);
        case FORM -> percentEncoded(secret);
        case JSON -> jsonEscaped(secret);
        case HEADER -> secret;
      };
    }

    private static boolean isDots(String secret) {
      return secret.chars().allMatch(c -> c == '.');
    }
  }

  static String percentEncoded(String secret) {
    Output out = new Output(3 * secret.length());
    Percent.append(out, new byte[0], secret);
    return out.toString();
  }

  static String jsonEscaped(String secret) {
    Output out = new Output(2 * secret.length());
    Json.appendEscaped(out, secret);
    return out.toString();
  }
}
