package com.natifico.postback.postback;

import com.natifico.postback.conversion.Conversion;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An affiliate's stored callback. */
public record Postback(
    PostbackKey key, PostbackSettings settings, PostbackStatus status, Revision revision) {

  public String affiliateId() {
    return key.affiliateId();
  }

  public String postbackId() {
    return key.postbackId();
  }

  public Scope scope() {
    return settings.scope();
  }

  /** Whether its scope and its filter match the conversion. */
  public boolean firesFor(Conversion conversion) {
    return (!(scope() instanceof Scope.Offer(String own)) || own.equals(conversion.offerId()))
        && settings.filter().mismatch(conversion) == null;
  }

  public long version() {
    return revision.version();
  }

  public boolean isGlobal() {
    return scope() instanceof Scope.Global;
  }

  /** Whether it fires for events of postbacks and not for conversions. */
  public boolean isNotification() {
    return scope() instanceof Scope.Notifications;
  }

  public boolean isPaused() {
    return status instanceof PostbackStatus.Paused;
  }

  /** Whether attempts are made; closed if it is paused. */
  public Circuit circuit() {
    return status instanceof PostbackStatus.Active active ? active.circuit() : Circuit.CLOSED;
  }

  /**
   * Until when its endpoint is believed to take a limited number of requests; null if it is not.
   */
  public @Nullable Instant pacedUntil() {
    return status instanceof PostbackStatus.Active active ? active.pacedUntil() : null;
  }

  /** The limit that its owner sets; null if there is none. */
  public @Nullable MaxRate maxRate() {
    return settings.sending().maxRate();
  }

  /** Whether requests need a slot, see {@link EndpointPace}. */
  public boolean isPaced(Instant now) {
    Instant until = pacedUntil();
    return maxRate() != null || (until != null && now.isBefore(until));
  }

  /** Whether it is active and no failure is recorded. */
  public boolean isWithoutFailure() {
    return status instanceof PostbackStatus.Active active && active.failingSince() == null;
  }

  /** The same version with an updated record of its failures. */
  public Postback withHealth(PostbackStatus.Active active) {
    return new Postback(key, settings, active, revision);
  }

  /** The next version, paused for this reason. */
  public Postback paused(PausedReason reason, Instant now) {
    return next(settings, new PostbackStatus.Paused(reason), now);
  }

  /** The next version, changed by its owner or by the sender. */
  public Postback next(PostbackSettings changed, PostbackStatus changedStatus, Instant now) {
    return new Postback(key, changed, changedStatus, revision.next(now));
  }
}
