package com.natifico.postback.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.natifico.postback.conversion.Conversion;
import com.natifico.postback.conversion.ConversionEvent;
import com.natifico.postback.conversion.ConversionStatus;
import com.natifico.postback.conversion.EventId;
import com.natifico.postback.conversion.EventIdentity;
import com.natifico.postback.conversion.EventStore;
import com.natifico.postback.conversion.PushedFields;
import com.natifico.postback.testing.ForwardingLog;
import com.natifico.postback.testing.InMemoryEventStore;
import com.natifico.postback.testing.Samples;
import com.natifico.postback.testing.World;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** What is read for a look is bounded, and its answer is the one of a look at everything. */
final class NewerAttemptsTest {
  private static final String POSTBACK = "p1";

  /** What has become of an event at the postback. */
  enum Progress {
    NOT_SENT(false),
    HELD(false),
    SUPERSEDED(false),
    IN_PROGRESS(true),
    ATTEMPTED(true);

    private final boolean isAttempted;

    Progress(boolean isAttempted) {
      this.isAttempted = isAttempted;
    }
  }

  record Given(EventIdentity identity, Progress progress) {}

  /** The events of a conversion in the order of their acceptance; some were accepted at once. */
  @Provide
  Arbitrary<List<Given>> conversions() {
    Arbitrary<EventIdentity> identities =
        Combinators.combine(
                Arbitraries.of("1", "2"),
                Arbitraries.of(ConversionStatus.class),
                Arbitraries.integers().between(1, 1 + EventStore.NEIGHBOURING_REVISIONS))
            .as(
                (goal, status, revision) ->
                    new EventIdentity(Samples.AFFILIATE, "c-1", goal, status, revision));
    return Combinators.combine(identities, Arbitraries.of(Progress.class))
        .as(Given::new)
        .list()
        .uniqueElements(Given::identity)
        .ofMinSize(1)
        .ofMaxSize(40);
  }

  @Property(tries = 300)
  void findsTheNewestAttemptedEvent(
      @ForAll("conversions") List<Given> conversion, @ForAll boolean isAmongMany) {
    InMemoryEventStore events = new InMemoryEventStore();
    World world = new World();
    List<ConversionEvent> claimed = new ArrayList<>();
    List<ConversionEvent> attempted = new ArrayList<>();
    for (Given given : conversion) {
      Instant at = Samples.NOW.plusMillis(claimed.size() / 2);
      ConversionEvent event = claim(events, given.identity(), at);
      claimed.add(event);
      if (given.progress().isAttempted) {
        attempted.add(event);
      }
      Delivery row = row(event, given.progress());
      if (row != null) {
        assertTrue(world.log.save(row));
      }
    }
    for (int i = 0; isAmongMany && i <= EventStore.MAX_READ; i++) {
      claim(
          events,
          new EventIdentity(Samples.AFFILIATE, "c-1", "goal " + i, ConversionStatus.APPROVED, 1),
          Samples.NOW);
    }
    Counting log = new Counting(world.log);
    NewerAttempts newer = new NewerAttempts(events, log);

    for (ConversionEvent event : claimed) {
      log.reads.clear();
      assertEquals(
          expected(event, attempted),
          newer.find(Samples.callback(event, POSTBACK)),
          event.toString());
      assertTrue(log.reads.stream().allMatch(rows -> rows <= 25), log.reads.toString());
    }
  }

  /** Compares with everything, and uses nothing of what it judges. */
  private static @Nullable String expected(ConversionEvent event, List<ConversionEvent> attempted) {
    Comparator<ConversionEvent> order =
        Comparator.<ConversionEvent>comparingInt(each -> each.conversion().revision())
            .thenComparing(each -> each.id().value());
    return attempted.stream()
        .filter(other -> other.conversion().goal().equals(event.conversion().goal()))
        .filter(other -> order.compare(other, event) > 0)
        .max(order)
        .map(other -> other.id().value())
        .orElse(null);
  }

  private static ConversionEvent claim(EventStore events, EventIdentity identity, Instant at) {
    ConversionEvent event =
        new ConversionEvent(
            EventId.of(at, identity),
            new Conversion(identity, Samples.OFFER, null, null, PushedFields.NONE),
            false,
            List.of(POSTBACK),
            List.of());
    assertEquals(null, events.claim(event));
    return event;
  }

  private static @Nullable Delivery row(ConversionEvent event, Progress progress) {
    Delivery unrecorded = Delivery.unrecorded(Samples.callback(event, POSTBACK));
    return switch (progress) {
      case NOT_SENT -> null;
      case HELD -> unrecorded.held();
      case SUPERSEDED -> unrecorded.superseded("another");
      case IN_PROGRESS -> unrecorded.leased(Samples.NOW.plusSeconds(30));
      case ATTEMPTED -> Samples.delivered(Samples.callback(event, POSTBACK));
    };
  }

  private static final class Counting extends ForwardingLog {
    private final List<Integer> reads = new ArrayList<>();

    Counting(DeliveryLog log) {
      super(log);
    }

    @Override
    public Map<String, Delivery> findAll(String affiliateId, Collection<String> deliveryIds) {
      reads.add(deliveryIds.size());
      return super.findAll(affiliateId, deliveryIds);
    }
  }
}
