package com.natifico.postback.conversion;

import java.util.List;

/**
 * A conversion event and what was decided for it: the claim. Whoever writes it first has accepted
 * the event; everybody else finds it and sees to it that what it says is done.
 *
 * @param test whether it is an account manager's test conversion
 * @param callbacks the postbacks whose callbacks go out, in the order of matching
 * @param skipped the postbacks whose callbacks do not, and why
 */
public record ConversionEvent(
    EventId id,
    Conversion conversion,
    boolean test,
    List<String> callbacks,
    List<Skipped> skipped) {
  public ConversionEvent {
    callbacks = List.copyOf(callbacks);
    skipped = List.copyOf(skipped);
  }

  /** Whether a callback to this postback goes out. */
  public boolean sends(String postbackId) {
    return callbacks.contains(postbackId);
  }

  /** The postbacks whose callbacks are held because they were paused; a test holds nothing. */
  public List<String> held() {
    return test
        ? List.of()
        : skipped.stream()
            .filter(each -> each.reason() == Skipped.Reason.PAUSED)
            .map(Skipped::postbackId)
            .toList();
  }

  /** Whether a callback to this postback is held. */
  public boolean holds(String postbackId) {
    return held().contains(postbackId);
  }
}
