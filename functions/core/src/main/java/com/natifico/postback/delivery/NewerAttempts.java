package com.natifico.postback.delivery;

import com.natifico.postback.conversion.ConversionEvent;
import com.natifico.postback.conversion.EventId;
import com.natifico.postback.conversion.EventStore;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether a newer event of the same conversion and goal has been attempted at the same
 * postback, so that an older callback would overwrite newer data at the tracker.
 *
 * <p>An attempt in progress counts if its worker has the lease. A first attempt takes no lease; it
 * is not seen before it is recorded.
 */
public final class NewerAttempts {
  /** A row has at most 400 KB, so a read at most 10 MB. */
  private static final int ROWS_PER_READ = 25;

  private final EventStore events;
  private final DeliveryLog log;

  public NewerAttempts(EventStore events, DeliveryLog log) {
    this.events = events;
    this.log = log;
  }

  /**
   * The id of the newest such event; null if there is none, or if the callback's own event has
   * expired. It costs one query of the conversion's events, which is bounded as {@link
   * EventStore#newerThan} says, and one read of the rows of the newer ones if there are any. Of
   * many rows, those of the newest events are read first, because the newest one has usually been
   * attempted.
   */
  public @Nullable String find(Callback callback) {
    List<ConversionEvent> newer =
        events.newerThan(callback.affiliateId(), EventId.ofDelivery(callback.deliveryId()));
    for (int from = 0; from < newer.size(); from += ROWS_PER_READ) {
      String found =
          newestAttempted(
              newer.subList(from, Math.min(from + ROWS_PER_READ, newer.size())), callback);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private @Nullable String newestAttempted(List<ConversionEvent> newestFirst, Callback callback) {
    Map<String, Delivery> rows =
        log.findAll(
            callback.affiliateId(),
            newestFirst.stream()
                .map(event -> event.id().deliveryId(callback.postbackId()))
                .toList());
    return newestFirst.stream()
        .filter(event -> isAttempted(rows.get(event.id().deliveryId(callback.postbackId()))))
        .map(event -> event.id().value())
        .findFirst()
        .orElse(null);
  }

  private static boolean isAttempted(@Nullable Delivery row) {
    return row != null && (row.history().count() > 0 || row.leasedUntil() != null);
  }
}
