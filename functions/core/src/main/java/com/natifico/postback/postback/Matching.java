package com.natifico.postback.postback;

import com.natifico.postback.conversion.Conversion;
import com.natifico.postback.conversion.Skipped;
import com.natifico.postback.conversion.Skipped.Reason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Selects the postbacks that fire for an event: the most specific match wins.
 *
 * <ol>
 *   <li>A postback whose statuses or goals do not contain the event's is filtered.
 *   <li>If one of the offer's own postbacks remains, paused or not, the global ones are replaced,
 *       except those with {@code also_global}. If one of the offer's own postbacks that remain has
 *       {@code also_global}, no global one is replaced.
 *   <li>Of equal requests only one is sent, preferably by an active postback.
 *   <li>The remaining paused postbacks are held.
 * </ol>
 */
public final class Matching {
  private Matching() {}

  /** One postback and its request for this event. */
  public record Match(Postback postback, CallbackRequest request) {}

  /**
   * The result for an event.
   *
   * @param sent the callbacks that are sent: the offer's own first, oldest first
   * @param held the callbacks that are held, each of them also in skipped as paused
   * @param skipped every postback that is not sent, and why
   */
  public record Selection(List<Match> sent, List<Match> held, List<Skipped> skipped) {}

  /**
   * Selects among the postbacks of the conversion's affiliate.
   *
   * @param postbacks the offer's own and the global ones
   * @param request expands a postback for this event
   */
  public static Selection select(
      Conversion conversion,
      List<Postback> postbacks,
      Function<Postback, CallbackRequest> request) {
    List<Skipped> skipped = new ArrayList<>();
    List<Match> matches = new ArrayList<>();
    for (Postback postback : filter(conversion, inOrder(postbacks), skipped)) {
      matches.add(new Match(postback, request.apply(postback)));
    }
    return dropEqual(matches, skipped);
  }

  /** The postbacks that fire or are held, before equal requests are dropped. */
  private static List<Postback> filter(
      Conversion conversion, List<Postback> postbacks, List<Skipped> skipped) {
    List<Postback> matching = new ArrayList<>();
    for (Postback postback : postbacks) {
      Reason mismatch = postback.settings().filter().mismatch(conversion);
      if (mismatch == null) {
        matching.add(postback);
      } else {
        skipped.add(new Skipped(postback.postbackId(), mismatch, null));
      }
    }
    if (!replaceGlobal(matching)) {
      return matching;
    }
    List<Postback> left = new ArrayList<>();
    for (Postback postback : matching) {
      if (postback.isGlobal() && !postback.settings().alsoGlobal()) {
        skipped.add(new Skipped(postback.postbackId(), Reason.REPLACED_BY_OFFER_POSTBACK, null));
      } else {
        left.add(postback);
      }
    }
    return left;
  }

  private static Selection dropEqual(List<Match> matches, List<Skipped> skipped) {
    Map<CallbackRequest, Match> firing = matches.size() < 2 ? Map.of() : firing(matches);
    List<Match> sent = new ArrayList<>();
    List<Match> held = new ArrayList<>();
    for (Match match : matches) {
      String id = match.postback().postbackId();
      Match winner =
          firing.isEmpty() || hasSecrets(match.request())
              ? match
              : firing.getOrDefault(key(match.request()), match);
      if (!winner.postback().postbackId().equals(id)) {
        skipped.add(new Skipped(id, Reason.SAME_AS, winner.postback().postbackId()));
      } else if (match.postback().isPaused()) {
        held.add(match);
        skipped.add(new Skipped(id, Reason.PAUSED, null));
      } else {
        sent.add(match);
      }
    }
    return new Selection(List.copyOf(sent), List.copyOf(held), List.copyOf(skipped));
  }

  /** The offer's own before the global ones, each oldest first. */
  private static List<Postback> inOrder(List<Postback> postbacks) {
    List<Postback> ordered = new ArrayList<>(postbacks);
    ordered.sort(
        (one, other) ->
            one.isGlobal() == other.isGlobal()
                ? one.postbackId().compareTo(other.postbackId())
                : Boolean.compare(one.isGlobal(), other.isGlobal()));
    return ordered;
  }

  /** Whether there is a postback of the offer's own, and none of these has also_global. */
  private static boolean replaceGlobal(List<Postback> matching) {
    boolean replaces = false;
    for (Postback postback : matching) {
      if (!postback.isGlobal()) {
        if (postback.settings().alsoGlobal()) {
          return false;
        }
        replaces = true;
      }
    }
    return replaces;
  }

  /** For each group of equal requests, the one that is sent. */
  private static Map<CallbackRequest, Match> firing(List<Match> matches) {
    Map<CallbackRequest, Match> firing = new HashMap<>();
    for (Match match : matches) {
      if (!hasSecrets(match.request())) {
        firing.merge(
            key(match.request()),
            match,
            (first, second) ->
                first.postback().isPaused() && !second.postback().isPaused() ? second : first);
      }
    }
    return firing;
  }

  /** Whether a tracker receives the same from two postbacks. */
  public static boolean isSame(CallbackRequest one, CallbackRequest other) {
    return !hasSecrets(one) && !hasSecrets(other) && key(one).equals(key(other));
  }

  /**
   * Whether it differs from the requests of all other postbacks: the same placeholders may have
   * other secrets there, which only the sender knows.
   */
  private static boolean hasSecrets(CallbackRequest request) {
    return !request.secrets().isEmpty();
  }

  /** Two callbacks are equal if method, URL, body and headers are equal. */
  private static CallbackRequest key(CallbackRequest request) {
    return new CallbackRequest(
        request.method(), request.url(), request.body(), null, request.headers());
  }
}
