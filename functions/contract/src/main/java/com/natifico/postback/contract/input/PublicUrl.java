package com.natifico.postback.contract.input;

import com.natifico.postback.contract.problem.FieldError;
import com.natifico.postback.macro.Template;
import com.natifico.postback.macro.Template.Correction;
import com.natifico.postback.url.Host;
import com.natifico.postback.url.HttpUrl;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Rejects valid URLs that are obviously mistakes when they are saved: a placeholder from a manual
 * was not replaced, the scheme is repeated, or the host is not on the public internet. A stored URL
 * is not checked again.
 */
final class PublicUrl {
  private static final Pattern DOUBLED_SCHEME =
      Pattern.compile("https?://(https?)(?::?/{1,2}|:)(.*)", Pattern.CASE_INSENSITIVE);

  /** The placeholders for a tracker's domain in manuals, without hyphens and underscores. */
  private static final List<String> DOMAIN_PLACEHOLDERS =
      List.of("domain", "yourdomain", "trackerdomain", "yourtrackerdomain", "yourtracker", "host");

  /** The same as a part of a registered name: {@code track.yourdomain.com}. */
  private static final List<String> DOMAINS_IN_MANUALS =
      List.of("yourdomain", "yourtrackerdomain", "yourtrackingdomain", "yourtracker");

  /**
   * A path segment such as {@code <postback_key>}, {@code [postback_key]}, {@code YOUR_KEY} and the
   * {@code KEY} of our own templates.
   */
  private static final Pattern SEGMENT_PLACEHOLDER =
      Pattern.compile(
          "/(<[A-Za-z][A-Za-z0-9_. -]*>|%3[Cc][A-Za-z][A-Za-z0-9_.-]*%3[Ee]"
              + "|\\[[A-Za-z][A-Za-z0-9_. -]*\\]|%5[Bb][A-Za-z][A-Za-z0-9_.-]*%5[Dd]"
              + "|YOUR[-_][A-Z_-]+|(?:POSTBACK_|API_)?KEY)(?=[/?]|$)");

  private PublicUrl() {}

  /** Whether the scheme is repeated; this adds an error, and the URL is not checked further. */
  static boolean refusesDoubledScheme(Fields fields, String url) {
    Matcher doubled = DOUBLED_SCHEME.matcher(url);
    if (!doubled.matches()) {
      return false;
    }
    String single = doubled.group(1) + "://" + doubled.group(2);
    fields.reject(
        new FieldError(
            "url",
            "invalid_scheme",
            "The URL has its scheme twice; keep one.",
            single,
            new Correction(url, single)));
    return true;
  }

  /** Adds an error about {@code url} for each placeholder, and for a host that is not public. */
  static void check(Fields fields, Template template) {
    String url = template.source();
    checkHost(fields, template.url());
    Matcher segment = SEGMENT_PLACEHOLDER.matcher(url.split("\\?", 2)[0]);
    if (segment.find()) {
      fields.reject(
          "url",
          "unfilled_placeholder",
          "The path has the placeholder "
              + segment.group(1)
              + "; put in what your tracker shows in its place.");
    }
  }

  private static void checkHost(Fields fields, HttpUrl url) {
    if (!(url.endpoint().host() instanceof Host.Name name) || name.isLocalhost()) {
      return;
    }
    String host = url.written().host();
    List<String> labels = List.of(name.ascii().replaceAll("[-_]", "").split("\\."));
    boolean dotted = labels.size() > 1;
    boolean placeholder =
        dotted
            ? DOMAINS_IN_MANUALS.contains(labels.get(labels.size() - 2))
            : DOMAIN_PLACEHOLDERS.contains(labels.getFirst())
                || host.equals(host.toUpperCase(Locale.ROOT));
    if (placeholder) {
      fields.reject(
          "url",
          "unfilled_placeholder",
          "The host " + host + " is a placeholder; put in your tracker's domain.");
    } else if (!dotted) {
      fields.reject(
          "url",
          "invalid_host",
          "The host " + host + " has no dot, so it is not a name on the public internet.");
    }
  }
}
