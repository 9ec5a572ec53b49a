package com.natifico.postback.conversion;

import java.util.List;
import java.util.stream.Stream;

/**
 * The claim of a conversion event: the event and the decisions made for it. The first worker that
 * writes it has accepted the event; later workers find it and complete what it names.
 *
 * @param test whether it is an account manager's test conversion
 * @param callbacks the postbacks whose callbacks are sent, in the order of matching
 * @param skipped the postbacks whose callbacks are not sent, and why; {@link Skipped#NO_POSTBACK}
 *     if there was none
 */
public record ConversionEvent(
    EventId id,
    Conversion conversion,
    boolean test,
    List<String> callbacks,
    List<Skipped> skipped) {
  public ConversionEvent {
    callbacks = List.copyOf(callbacks);
    skipped =
        callbacks.isEmpty() && skipped.isEmpty()
            ? List.of(Skipped.NO_POSTBACK)
            : List.copyOf(skipped);
  }

  /** Whether a callback to this postback is sent. */
  public boolean sends(String postbackId) {
    return callbacks.contains(postbackId);
  }

  /** The postbacks whose callbacks are held because they were paused; a test holds no callbacks. */
  public List<String> held() {
    return test
        ? List.of()
        : skipped.stream()
            .filter(each -> each.reason() == Skipped.Reason.PAUSED)
            .flatMap(each -> Stream.ofNullable(each.postbackId()))
            .toList();
  }

  /** Whether a callback to this postback is held. */
  public boolean holds(String postbackId) {
    return held().contains(postbackId);
  }
}
