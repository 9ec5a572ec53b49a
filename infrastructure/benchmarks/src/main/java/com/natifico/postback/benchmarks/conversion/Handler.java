package com.natifico.postback.benchmarks.conversion;

import com.natifico.postback.Page;
import com.natifico.postback.acceptance.Acceptance;
import com.natifico.postback.acceptance.Concurrently;
import com.natifico.postback.acceptance.EventDeliveries;
import com.natifico.postback.acceptance.Healing;
import com.natifico.postback.acceptance.TestConversions;
import com.natifico.postback.aws.metric.Metrics;
import com.natifico.postback.conversion.Conversion;
import com.natifico.postback.conversion.ConversionEvent;
import com.natifico.postback.conversion.EventId;
import com.natifico.postback.conversion.EventQuery;
import com.natifico.postback.conversion.EventStore;
import com.natifico.postback.delivery.CallbackQueue;
import com.natifico.postback.functions.conversion.ConversionComposition;
import com.natifico.postback.functions.conversion.ConversionFunction;
import com.natifico.postback.limit.Allowance;
import com.natifico.postback.postback.PostbackCache;
import com.natifico.postback.push.RefusedPushes;
import com.natifico.postback.testing.InMemoryDeliveryLog;
import com.natifico.postback.testing.InMemoryPostbackStore;
import com.natifico.postback.testing.InMemoryPushLog;
import com.natifico.postback.testing.Samples;
import com.natifico.postback.testing.SettableClock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The whole conversion function on stores that keep nothing, to measure only this project's code.
 */
public final class Handler {
  private Handler() {}

  /** Creates a function with one postback, of the pushed offer, and the pushes to it. */
  public static Pushes pushes() {
    InMemoryPostbackStore postbacks = new InMemoryPostbackStore();
    postbacks.create(Samples.postback("pb_1m6e94cj0001", Samples.OFFER));
    SettableClock clock = new SettableClock(Samples.NOW);
    PostbackCache cache = new PostbackCache(postbacks, Duration.ofHours(1), clock);
    InMemoryDeliveryLog log = new InMemoryDeliveryLog();
    EventStore events = new Forgetful();
    CallbackQueue queue = _ -> Set.of();
    Acceptance acceptance =
        new Acceptance(
            events,
            cache,
            new Healing(log, cache, events, clock),
            queue,
            Concurrently.inOrder(),
            clock);
    TestConversions none =
        new TestConversions(
            acceptance,
            events,
            cache,
            new EventDeliveries(log, cache, events),
            clock,
            _ -> {},
            new Random(7));
    return new Pushes(
        new ConversionFunction(
            new ConversionComposition(
                acceptance,
                none,
                (_, _) -> new Allowance.Granted(),
                new RefusedPushes(new InMemoryPushLog(), clock, new Random(7), Handler::fail),
                Metrics.NONE,
                Handler::fail)));
  }

  private static void fail(String what, Throwable cause) {
    throw new IllegalStateException(what, cause);
  }

  /** Treats every event as new. */
  private static final class Forgetful implements EventStore {
    @Override
    public @Nullable ConversionEvent claim(ConversionEvent event) {
      return null;
    }

    @Override
    public List<ConversionEvent> newerThan(String affiliateId, EventId id) {
      return List.of();
    }

    @Override
    public Map<EventId, ConversionEvent> findAll(String affiliateId, Collection<EventId> ids) {
      return Map.of();
    }

    @Override
    public Page<ConversionEvent> withoutCallbacks(
        String affiliateId, EventQuery query, @Nullable String after, int limit) {
      return new Page<>(List.of(), null);
    }

    @Override
    public Page<ConversionEvent> ofConversion(
        String affiliateId, String conversionId, @Nullable String after, int limit) {
      return new Page<>(List.of(), null);
    }

    @Override
    public @Nullable ConversionEvent previous(EventId id, Conversion conversion) {
      return null;
    }

    @Override
    public @Nullable ConversionEvent find(String affiliateId, EventId id) {
      return null;
    }
  }
}
