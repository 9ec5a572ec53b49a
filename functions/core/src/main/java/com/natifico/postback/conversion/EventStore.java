package com.natifico.postback.conversion;

import com.natifico.postback.Page;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The claims. They are kept as long as the deliveries. */
public interface EventStore {
  /**
   * Claims the event unless it has been claimed already.
   *
   * @return null if the claim succeeded, otherwise the event that was claimed first under the same
   *     affiliate, {@linkplain EventId#conversionKey() conversion key} and {@linkplain
   *     EventId#eventKey() event key}. The keys are digests, so it may be a different event; the
   *     caller compares the identities.
   */
  @Nullable ConversionEvent claim(ConversionEvent event);

  /** How many events of a conversion are read at most to find one among them. */
  int MAX_READ = 500;

  /**
   * Events of a conversion, in the order of {@link EventId#eventKey}, which is not that of time. A
   * page has fewer than {@code limit} of them if they are large.
   *
   * @param after the event key to continue after; null for the start
   */
  Page<ConversionEvent> ofConversion(
      String affiliateId, String conversionId, @Nullable String after, int limit);

  /**
   * The events of a conversion, oldest first; empty if there are none. What is read is bounded: of
   * a conversion with more than {@link #MAX_READ} events, or with large ones, some are missing.
   */
  default List<ConversionEvent> ofConversion(String affiliateId, String conversionId) {
    return ofConversion(affiliateId, conversionId, null, MAX_READ).items().stream()
        .sorted(Comparator.comparing(event -> event.id().value()))
        .toList();
  }

  /** The neighbouring revisions that are looked for one by one in a conversion with more events. */
  int NEIGHBOURING_REVISIONS = 5;

  /**
   * The events of the same conversion and goal that are newer than this one by {@link EventOrder},
   * the newest first; empty if there are none, or if this event has expired.
   *
   * <p>What is read is bounded. If the conversion has more than {@link #MAX_READ} events, only
   * those of this event's revision and of the {@link #NEIGHBOURING_REVISIONS} revisions after it
   * are sure to be found.
   */
  List<ConversionEvent> newerThan(String affiliateId, EventId id);

  /**
   * The newest event of the same conversion and goal by {@link EventOrder} that was accepted before
   * this one, which need not be stored itself; null if there is none.
   *
   * <p>What is read is bounded. If the conversion has more than {@link #MAX_READ} events, only
   * those of this event's revision and of the {@link #NEIGHBOURING_REVISIONS} revisions before it
   * are sure to be found.
   */
  @Nullable ConversionEvent previous(EventId id, Conversion conversion);

  /** The events with these ids that exist, by id. */
  Map<EventId, ConversionEvent> findAll(String affiliateId, Collection<EventId> ids);

  /**
   * The affiliate's events that sent no callback, ordered by {@link EventId#startOfDeliveries}, and
   * so by time. The result may be slightly outdated.
   *
   * @param after the position to continue after: the id of a delivery, or another position in the
   *     order of such ids; null for the start
   */
  Page<ConversionEvent> withoutCallbacks(
      String affiliateId, EventQuery query, @Nullable String after, int limit);

  /** The event with this id; null if there is none. */
  @Nullable ConversionEvent find(String affiliateId, EventId id);
}
