package com.natifico.postback.delivery;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The deliveries of an affiliate that a list shows.
 *
 * @param states empty for all but pending ones, which the API's lists do not show
 * @param since inclusive, on {@code created_at}; null for no bound
 * @param until exclusive, on {@code created_at}; null for no bound
 * @param result how they ended so far
 */
public record DeliveryFilter(
    @Nullable String offerId,
    @Nullable String postbackId,
    Set<DeliveryState> states,
    @Nullable Instant since,
    @Nullable Instant until,
    OfEvent ofEvent,
    Result result) {
  public DeliveryFilter {
    states = Set.copyOf(states);
  }

  /**
   * The events whose deliveries are listed.
   *
   * @param refId the click id; null for any
   * @param test whether test conversions or others; null for both
   */
  public record OfEvent(@Nullable String refId, @Nullable Boolean test) {
    public static final OfEvent ANY = new OfEvent(null, null);

    boolean matches(ReportedEvent event) {
      return (refId == null || refId.equals(event.values().refId()))
          && (test == null || test == event.test());
    }
  }

  /** Of any event, with any result. */
  public DeliveryFilter(
      @Nullable String offerId,
      @Nullable String postbackId,
      Set<DeliveryState> states,
      @Nullable Instant since,
      @Nullable Instant until) {
    this(offerId, postbackId, states, since, until, OfEvent.ANY, Result.ANY);
  }

  /**
   * How a delivery ended so far; each component is null for any.
   *
   * @param outcome of the last attempt
   * @param httpStatus of the last attempt
   */
  public record Result(
      @Nullable Outcome outcome,
      @Nullable Integer httpStatus,
      @Nullable FailedReason failedReason) {
    public static final Result ANY = new Result(null, null, null);

    boolean matches(Delivery delivery) {
      Attempt last = delivery.history().last();
      return (outcome == null || (last != null && outcome == last.outcome()))
          && (httpStatus == null || (last != null && httpStatus.equals(last.httpStatus())))
          && (failedReason == null || failedReason == delivery.failedReason());
    }
  }

  public static final DeliveryFilter ALL = new DeliveryFilter(null, null, Set.of(), null, null);

  /** The same filter for these events only. */
  public DeliveryFilter of(OfEvent other) {
    return new DeliveryFilter(offerId, postbackId, states, since, until, other, result);
  }

  /** The same deliveries, restricted to this result. */
  public DeliveryFilter with(Result wanted) {
    return new DeliveryFilter(offerId, postbackId, states, since, until, ofEvent, wanted);
  }

  /** Whether this delivery is in the list. */
  public boolean matches(Delivery delivery) {
    Callback callback = delivery.callback();
    return (states.isEmpty()
            ? delivery.state() != DeliveryState.PENDING
            : states.contains(delivery.state()))
        && ofEvent.matches(callback.event())
        && (offerId == null || offerId.equals(callback.offerId()))
        && (postbackId == null || postbackId.equals(callback.postbackId()))
        && (since == null || !callback.createdAt().isBefore(since))
        && (until == null || callback.createdAt().isBefore(until))
        && result.matches(delivery);
  }
}
