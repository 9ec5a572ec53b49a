package com.natifico.postback.testing;

import com.natifico.postback.directory.Trouble;
import com.natifico.postback.directory.TroubleIndex;
import com.natifico.postback.notification.StoredStreak;
import com.natifico.postback.postback.PausedReason;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.PostbackHealth.Streak;
import com.natifico.postback.postback.PostbackStatus;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Looks at the postbacks of a store. */
public final class InMemoryTroubleIndex implements TroubleIndex {
  private final InMemoryPostbackStore postbacks;
  private final InMemoryPostbackHealth health;

  public InMemoryTroubleIndex(InMemoryPostbackStore postbacks, InMemoryPostbackHealth health) {
    this.postbacks = postbacks;
    this.health = health;
  }

  @Override
  public Found next(@Nullable String after, int limit) {
    List<Trouble> later =
        postbacks.all().stream()
            .filter(postback -> !postback.isNotification())
            .map(this::trouble)
            .filter(Objects::nonNull)
            .filter(trouble -> after == null || id(trouble).compareTo(after) > 0)
            .sorted(Comparator.comparing(InMemoryTroubleIndex::id))
            .toList();
    List<Trouble> some = later.subList(0, Math.min(limit, later.size()));
    return new Found(some, some.size() < later.size() ? id(some.getLast()) : null);
  }

  private static String id(Trouble trouble) {
    return trouble.postback().postbackId();
  }

  private @Nullable Trouble trouble(Postback postback) {
    return switch (postback.status()) {
      case PostbackStatus.Paused(PausedReason reason) ->
          trouble(postback, reason, postback.revision().updatedAt());
      case PostbackStatus.Active _ -> {
        Streak streak = health.streak(postback);
        yield streak == null || streak.attempts() < StoredStreak.FAILING_ATTEMPTS
            ? null
            : trouble(postback, null, streak.since());
      }
    };
  }

  private static Trouble trouble(Postback postback, @Nullable PausedReason paused, Instant since) {
    return new Trouble(
        postback.key(),
        postback.settings().label(),
        postback.scope().offerIdOrNull(),
        paused,
        since);
  }
}
