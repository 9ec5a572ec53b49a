package com.natifico.postback.notification;

import com.natifico.postback.postback.EventKind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * One or more events of an affiliate and kind, reported together.
 *
 * @param newest the newest of them, which the message describes; its id is the message's id
 * @param count their number
 * @param postbackIds their postbacks, without repetitions, at most {@value #MAX_POSTBACKS}
 */
public record EventMessage(PostbackEvent newest, int count, List<String> postbackIds) {
  /** Keeps a stored message small: 100 ids are about 3 KB. */
  static final int MAX_POSTBACKS = 100;

  public EventMessage {
    postbackIds = List.copyOf(postbackIds);
  }

  /**
   * @param events at least one, oldest first
   */
  static EventMessage of(List<PostbackEvent> events) {
    Set<String> ids = new LinkedHashSet<>();
    for (PostbackEvent event : events) {
      ids.add(event.postback().postbackId());
    }
    return new EventMessage(events.getLast(), events.size(), limited(ids));
  }

  /** This message's events, followed by those of a later one. */
  EventMessage and(EventMessage later) {
    Set<String> ids = new LinkedHashSet<>(postbackIds);
    ids.addAll(later.postbackIds);
    return new EventMessage(later.newest, count + later.count, limited(ids));
  }

  private static List<String> limited(Set<String> ids) {
    List<String> list = new ArrayList<>(ids);
    return list.subList(0, Math.min(list.size(), MAX_POSTBACKS));
  }

  public String id() {
    return newest.id();
  }

  public EventKind kind() {
    return newest.kind();
  }

  public String affiliateId() {
    return newest.postback().affiliateId();
  }

  /** One line for people, as the subject of an e-mail. */
  public String subject() {
    return count == 1
        ? what(newest.kind(), 1) + ": affiliate " + affiliateId() + ", " + postbackId()
        : what(newest.kind(), count) + ": affiliate " + affiliateId();
  }

  /** What happened, in plain text for people. */
  public String text() {
    StringBuilder text = new StringBuilder();
    text.append(what(newest.kind(), count)).append(".\n\n");
    text.append("Affiliate: ").append(affiliateId()).append('\n');
    text.append(count == 1 ? "Postback: " : "Newest postback: ").append(postbackId());
    if (newest.label() != null) {
      text.append(" (").append(newest.label()).append(')');
    }
    text.append('\n');
    text.append("Offer: ")
        .append(newest.offerId() == null ? "all (global postback)" : newest.offerId())
        .append('\n');
    if (newest.reason() != null) {
      text.append("Reason: ").append(newest.reason()).append('\n');
    }
    text.append("Time: ").append(newest.at()).append('\n');
    if (postbackIds.size() > 1) {
      text.append("Postbacks: ").append(String.join(", ", postbackIds)).append('\n');
    }
    return text.append('\n').append(advice(newest.kind())).append('\n').toString();
  }

  private String postbackId() {
    return newest.postback().postbackId();
  }

  private static String what(EventKind kind, int count) {
    if (count == 1) {
      return switch (kind) {
        case PAUSED -> "A postback is paused";
        case RESUMED -> "A postback is active again";
        case FAILING -> "A postback is failing";
        case RECOVERED -> "A postback has recovered";
        case HELD -> "A callback is held";
        case EXHAUSTED -> "A callback has failed";
      };
    }
    return String.format(Locale.ROOT, "%,d ", count)
        + switch (kind) {
          case PAUSED -> "pauses of postbacks";
          case RESUMED -> "resumptions of postbacks";
          case FAILING -> "failing postbacks";
          case RECOVERED -> "recoveries of postbacks";
          case HELD -> "callbacks are held";
          case EXHAUSTED -> "callbacks have failed";
        };
  }

  private static String advice(EventKind kind) {
    return switch (kind) {
      case PAUSED -> "Its callbacks are held until it is active again; they can then be resent.";
      case RESUMED -> "Callbacks that were held can be resent from the delivery log.";
      case FAILING ->
          "The last "
              + StoredStreak.FAILING_ATTEMPTS
              + " attempts in a row failed. They are repeated by the retry schedule; the delivery"
              + " log shows what the endpoint answered.";
      case RECOVERED -> "The endpoint has accepted a callback again.";
      case HELD -> "The postback is paused. Its callbacks can be resent when it is active again.";
      case EXHAUSTED ->
          "All attempts have failed. The delivery log shows what the endpoint answered, and the"
              + " callback can be resent from there.";
    };
  }
}
