package com.natifico.postback.postback;

import com.natifico.postback.conversion.ConversionStatus;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A ready-made postback for one of the trackers, messengers and ad platforms that affiliates use.
 * The click id connects two templates: the tracking link passes it to the network, and the postback
 * returns it.
 *
 * @param id stable, for programs
 * @param name in its maker's spelling
 * @param templates with the placeholders still in them
 * @param placeholders the placeholders that the affiliate must replace, in their order
 * @param statuses the statuses that the postback should fire for, because the receiver can tell
 *     them apart
 * @param hint what users often miss
 * @param source where its maker documents it
 */
public record Tracker(
    String id,
    String name,
    Templates templates,
    List<Placeholder> placeholders,
    List<ConversionStatus> statuses,
    String hint,
    Source source) {
  public Tracker {
    placeholders = List.copyOf(placeholders);
    statuses = List.copyOf(statuses);
  }

  /**
   * What the affiliate copies.
   *
   * @param url the postback's URL
   * @param body the JSON body of a POST; null for a GET
   * @param linkHalf the text after {@code &ref_id=} in the tracking link: the tracker's own macro
   *     for its click id, in its own spelling; empty for a messenger, which knows no clicks, and
   *     for an ad platform, whose click id is a field of the conversion
   * @param headers by name; the values contain placeholders of secrets
   * @param secrets those that the templates and the test mode need
   * @param event for a notification of an event; null unless the receiver is a messenger
   */
  public record Templates(
      String url,
      @Nullable String body,
      String linkHalf,
      Map<String, String> headers,
      List<Secret> secrets,
      @Nullable EventTemplate event) {
    /** The word in the templates of a messenger that the message replaces. */
    static final String MESSAGE = "MESSAGE";

    private static final String CONVERSION =
        "{offer_name}: {status_text}, {sum} {currency} ({conversion_id})";

    private static final String EVENT =
        "Postback {postback_id} {label}: {event} {reason} ({count}x, {at} UTC)";

    /** Of a tracker or an ad platform. */
    public Templates(
        String url,
        @Nullable String body,
        String linkHalf,
        Map<String, String> headers,
        List<Secret> secrets) {
      this(url, body, linkHalf, headers, secrets, null);
    }

    public Templates {
      headers = Map.copyOf(headers);
      secrets = List.copyOf(secrets);
    }

    static Templates get(String url, String linkHalf) {
      return new Templates(url, null, linkHalf, Map.of(), List.of());
    }

    static Templates message(String url, @Nullable String body) {
      return new Templates(
          url(url, CONVERSION),
          body(body, CONVERSION),
          "",
          Map.of(),
          List.of(),
          new EventTemplate(url(url, EVENT), body(body, EVENT)));
    }

    private static String url(String url, String message) {
      return url.replace(MESSAGE, message.replace(" ", "%20"));
    }

    private static @Nullable String body(@Nullable String body, String message) {
      return body == null ? null : body.replace(MESSAGE, message);
    }
  }

  /**
   * A secret that the affiliate must give.
   *
   * @param name as in its placeholder
   * @param description where the affiliate finds it
   * @param neededFor whether every callback needs it, or only test conversions
   */
  public record Secret(String name, String description, Need neededFor) {
    /** What needs a secret. */
    public enum Need {
      CALLBACKS,
      TEST_CONVERSIONS
    }
  }

  /**
   * A messenger's templates with the macros of notifications.
   *
   * @param body the JSON body of a POST; null for a GET
   */
  public record EventTemplate(String url, @Nullable String body) {}

  /**
   * A word in capitals in the template.
   *
   * @param name the word
   * @param description what to put in its place
   * @param example an example
   */
  public record Placeholder(String name, String description, String example) {}

  /**
   * The documentation of an entry.
   *
   * @param page its address
   * @param read when the entry was last compared with it
   */
  public record Source(String page, LocalDate read) {}
}
