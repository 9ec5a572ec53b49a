package com.natifico.postback.testing;

import com.natifico.postback.idempotency.Claim;
import com.natifico.postback.idempotency.FirstAnswers;
import com.natifico.postback.idempotency.KeptAnswer;
import com.natifico.postback.idempotency.NamedRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Thread-safe. */
public final class InMemoryFirstAnswers implements FirstAnswers {
  private record Stored(
      String digest, String seed, Instant at, Instant runsUntil, @Nullable KeptAnswer answer) {}

  private final InstantSource clock;
  private final Map<List<String>, Stored> requests = new HashMap<>();

  public InMemoryFirstAnswers(InstantSource clock) {
    this.clock = clock;
  }

  private static List<String> key(NamedRequest request) {
    return List.of(request.owner(), request.name());
  }

  @Override
  public synchronized Claim claim(NamedRequest request, String seed) {
    Instant now = clock.instant();
    Stored stored = requests.get(key(request));
    if (stored == null || !stored.at().plus(KEPT).isAfter(now)) {
      requests.put(
          key(request), new Stored(request.digest(), seed, now, now.plus(LONGEST_EXECUTION), null));
      return new Claim.Execute(seed, false);
    }
    if (!stored.digest().equals(request.digest())) {
      return new Claim.Reused();
    }
    if (stored.answer() != null) {
      return new Claim.Answered(stored.answer());
    }
    if (stored.runsUntil().isAfter(now)) {
      return new Claim.Running(Duration.between(now, stored.runsUntil()));
    }
    requests.put(
        key(request),
        new Stored(stored.digest(), stored.seed(), stored.at(), now.plus(LONGEST_EXECUTION), null));
    return new Claim.Execute(stored.seed(), true);
  }

  @Override
  public synchronized void keep(NamedRequest request, KeptAnswer answer) {
    Instant now = clock.instant();
    requests.put(key(request), new Stored(request.digest(), "", now, now, answer));
  }

  @Override
  public synchronized void giveBack(NamedRequest request, boolean harmless) {
    Stored stored = requests.get(key(request));
    if (stored == null || stored.answer() != null) {
      return;
    }
    if (harmless) {
      requests.remove(key(request));
    } else {
      requests.put(
          key(request),
          new Stored(stored.digest(), stored.seed(), stored.at(), clock.instant(), null));
    }
  }
}
