package com.natifico.postback.simulation;

import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.PostbackKey;
import com.natifico.postback.postback.PostbackStore;
import com.natifico.postback.postback.Scope;
import com.natifico.postback.postback.SecretWrites;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A table whose global index shows each write only after a while, as in DynamoDB: {@link #forOffer}
 * reads the index, everything else reads the table.
 */
final class LaggingIndex extends ForwardingPostbackStore {
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Duration maxLag;
  private final Map<PostbackKey, List<Hidden>> hidden = new HashMap<>();

  /**
   * A write that the index does not show yet.
   *
   * @param before what it shows instead; null for nothing
   */
  private record Hidden(@Nullable Postback before, Instant until) {}

  /**
   * @param maxLag the maximum time until a write is shown
   */
  LaggingIndex(PostbackStore table, InstantSource clock, RandomGenerator random, Duration maxLag) {
    super(table);
    this.clock = clock;
    this.random = random;
    this.maxLag = maxLag;
  }

  @Override
  public Written create(Postback postback, SecretWrites secrets) {
    return note(postback.key(), null, super.create(postback, secrets));
  }

  @Override
  public Written replace(Postback postback, long expectedVersion, SecretWrites secrets) {
    Postback before = find(postback.affiliateId(), postback.postbackId());
    return note(postback.key(), before, super.replace(postback, expectedVersion, secrets));
  }

  @Override
  public Written delete(String affiliateId, String postbackId, @Nullable Long expectedVersion) {
    Postback before = find(affiliateId, postbackId);
    return note(
        new PostbackKey(affiliateId, postbackId),
        before,
        super.delete(affiliateId, postbackId, expectedVersion));
  }

  /** The writes of one postback are shown in their order. */
  private Written note(PostbackKey key, @Nullable Postback before, Written written) {
    if (written == Written.DONE && maxLag.isPositive()) {
      List<Hidden> writes = hidden.computeIfAbsent(key, _ -> new ArrayList<>());
      Instant shown = clock.instant().plusMillis(random.nextLong(maxLag.toMillis() + 1));
      Instant last = writes.isEmpty() ? shown : writes.getLast().until();
      writes.add(new Hidden(before, shown.isAfter(last) ? shown : last));
    }
    return written;
  }

  @Override
  public List<Postback> forOffer(String affiliateId, String offerId) {
    List<Postback> shown = new ArrayList<>(super.forOffer(affiliateId, offerId));
    Instant now = clock.instant();
    hidden.forEach(
        (key, writes) -> {
          writes.removeIf(write -> !write.until().isAfter(now));
          if (!writes.isEmpty() && key.affiliateId().equals(affiliateId)) {
            shown.removeIf(postback -> postback.key().equals(key));
            Postback before = writes.getFirst().before();
            if (before != null && isFor(before.scope(), offerId)) {
              shown.add(before);
            }
          }
        });
    shown.sort(Comparator.comparing(Postback::isGlobal).thenComparing(Postback::postbackId));
    return shown;
  }

  private static boolean isFor(Scope scope, String offerId) {
    return switch (scope) {
      case Scope.Global() -> true;
      case Scope.Offer(String own) -> own.equals(offerId);
      case Scope.Notifications _ -> false;
    };
  }
}
