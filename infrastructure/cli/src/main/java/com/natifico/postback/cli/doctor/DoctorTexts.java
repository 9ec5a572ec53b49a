package com.natifico.postback.cli.doctor;

import com.natifico.postback.cli.doctor.Lookup.IdKind;
import java.util.Map;

/**
 * What the doctor says: the sentences of the console (texts.en.js), so that people and programs get
 * the same answer. {@code %s} is the place of a value.
 */
final class DoctorTexts {
  static final String PUSHED = "Pushed by the network";
  static final String MATCHED = "Matching postbacks";
  static final String NOTHING_MATCHED = "None";
  static final String SENT = "Sent";
  static final String NOT_YET = "Not yet";
  static final String ANSWER = "The tracker’s answer";
  static final String NEXT = "What to do next";
  static final String NOT_SENT = "Not sent";
  static final String NO_CLICK = "no click id";
  static final String CLICK = "click %s";
  static final String OFFER = "Offer %s";
  static final String HTTP = "HTTP %s";
  static final String CONVERSION = "Conversion %s";
  static final String SEARCHED = "Searched back to %s.";
  static final String NONE = "Nothing has the id “%s”";
  static final String NONE_TEXT =
      "Either the network never pushed it, it belongs to another affiliate, or it is older than"
          + " what is kept, usually 90 days. A conversion that came some seconds ago may not be"
          + " found by its click id yet. Check the id with your account manager.";

  static final Map<IdKind, String> FOUND_BY =
      Map.of(
          IdKind.DELIVERY, "Found by the id of a delivery.",
          IdKind.EVENT, "Found by the id of an event.",
          IdKind.CONVERSION, "Found by the conversion id, which trackers call the transaction id.",
          IdKind.CLICK, "Found by the click id.");

  static final Map<String, String> TO_DO =
      Map.of(
          "failed", "Then resend it.",
          "retrying", "Nothing now. Next attempt:",
          "pending", "Nothing: the first attempt is about to be made.",
          "held", "Resume the postback, then resend what was held.",
          "delivered",
              "Nothing. If your tracker does not show it, check there that it knows the click id"
                  + " and accepts conversions of this age.",
          "superseded",
              "Nothing. Resend it only if your tracker must have this older event as well.",
          "skipped", "Add a postback, or change one, so that it fires for such conversions.");

  static final Map<String, String> SKIPPED =
      Map.of(
          "status_filtered", "It does not fire for the status “%s”.",
          "revision_ignored", "The event is a correction, and it does not fire for corrections.",
          "goal_filtered", "It does not fire for the goal “%s”.",
          "replaced_by_offer_postback",
              "It is a global one, and this offer has a postback of its own.",
          "same_as", "Another postback sends exactly the same request, so it was sent once.",
          "paused", "It was paused. The callback is held, and can be resent.",
          "no_postback", "There was no postback for it when it came.");

  static final Map<String, String> SKIPPED_HINT =
      Map.of(
          "no_postback", "Save a postback: it can be sent what came before.",
          "status_filtered", "Add the status to the postback to be notified of it.",
          "revision_ignored",
              "Switch on “Also fire for corrections” in the postback if your tracker updates what"
                  + " it knows.",
          "goal_filtered",
              "Add the goal to the postback, or clear its goals to be notified of all.",
          "replaced_by_offer_postback",
              "Switch on “Also …” in either of them if both should fire.");

  static final Map<String, String> DELIVERY_REASON =
      Map.of(
          "postback_deleted", "Its postback was deleted before it could be sent.",
          "secret_missing",
              "A secret in its request was removed. Give the secret again and resend it.",
          "too_old",
              "The conversion is older than the ad platform takes them, so nothing was sent.",
          "request_too_large", "With its values filled in the request is too large to be sent.",
          "expired", "Its attempt was due after its retention period, so it was not made.");

  static final Map<String, String> OUTCOME =
      Map.ofEntries(
          Map.entry("delivered", "Delivered"),
          Map.entry("rejected", "Refused"),
          Map.entry("deferred_by_rule", "Asked to try later"),
          Map.entry("http_error", "HTTP error"),
          Map.entry("redirect", "Redirect"),
          Map.entry("timeout", "Timeout"),
          Map.entry("dns", "Host not found"),
          Map.entry("connect", "No connection"),
          Map.entry("tls", "TLS failed"),
          Map.entry("blocked", "Address not allowed"),
          Map.entry("invalid_response", "No valid answer"));

  static final Map<String, String> OUTCOME_HELP =
      Map.of(
          "deferred_by_rule",
              "The tracker's answer says that it cannot take it now, according to the postback's"
                  + " answer rules.",
          "redirect",
              "Redirects are never followed. Put the address that it points to into your postback.",
          "timeout", "There was no complete answer within 10 seconds.",
          "dns", "The host's name could not be resolved. Check how it is spelled.",
          "connect",
              "The host did not accept the connection. Is the tracker up, and is the port correct?",
          "tls", "No secure connection could be established. Is the tracker's certificate valid?",
          "blocked",
              "The address is not a public one, or its port is not allowed, so nothing was sent.",
          "invalid_response", "The connection was closed early, or the response was not HTTP.");

  static final Map<String, String> MEANING_HELP =
      Map.of(
          "duplicate",
              "The tracker says that it already has this conversion. If it shows it, there is"
                  + " nothing to do. If not, send {conversion_id} as its transaction id.",
          "unknown_click",
              "The tracker does not know the click id. Compare it with your tracking link, which"
                  + " must carry the tracker's own macro in ref_id.",
          "bad_key",
              "The tracker does not accept the key or token of the postback. Correct it, then"
                  + " resend.",
          "paused",
              "The offer or the campaign is paused in the tracker. Resume it there, then resend.",
          "too_old",
              "The tracker does not take conversions that are so old. Enter it there by hand.",
          "invalid",
              "The tracker says that a value is missing or wrong. Correct the parameters of the"
                  + " postback, then resend.",
          "other", "The tracker understood the callback and refused it. Its answer says why.");

  static final String HTTP_KEY = "The tracker refuses it: check the key or token in your URL.";
  static final String HTTP_ADDRESS =
      "The tracker does not know this address: check the path in your URL.";
  static final String HTTP_BUSY = "The tracker is busy and asks to try later.";
  static final String HTTP_GONE =
      "The tracker says that this address is gone for good. This pauses the postback, unless it"
          + " was a test.";
  static final String HTTP_TRACKER = "The tracker has a problem of its own.";
  static final String HTTP_REQUEST =
      "The tracker rejected the request: check the parameters in your URL.";

  private DoctorTexts() {}

  static String httpHelp(int status) {
    return switch (status) {
      case 401, 403 -> HTTP_KEY;
      case 404 -> HTTP_ADDRESS;
      case 408, 425, 429 -> HTTP_BUSY;
      case 410 -> HTTP_GONE;
      default -> status >= 500 ? HTTP_TRACKER : status >= 400 ? HTTP_REQUEST : "";
    };
  }
}
