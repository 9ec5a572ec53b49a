package com.natifico.postback.testing;

import com.natifico.postback.Page;
import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.delivery.DeliveryFilter;
import com.natifico.postback.delivery.DeliveryLog;
import com.natifico.postback.delivery.Retention;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Deletes a row as soon as it has expired, or when a test says that DynamoDB does, which takes up
 * to days. Thread-safe.
 */
public final class InMemoryDeliveryLog implements DeliveryLog {
  private final Map<String, NavigableMap<String, Delivery>> byAffiliate = new HashMap<>();
  private final InstantSource clock;
  private final Deletion deletion;

  /** No row is deleted before. */
  private Instant nextDeletion = Instant.MAX;

  /** How expired rows are deleted. */
  public interface Deletion {
    /** When the row is deleted unless it is written again. */
    Instant at(Delivery row);

    /** Is called for each deleted row. */
    default void deleted(Delivery row) {}
  }

  /** A log whose rows never expire. */
  public InMemoryDeliveryLog() {
    this(() -> Instant.EPOCH, new Retention(Duration.ZERO));
  }

  public InMemoryDeliveryLog(InstantSource clock, Retention retention) {
    this(clock, retention::expiry);
  }

  public InMemoryDeliveryLog(InstantSource clock, Deletion deletion) {
    this.clock = clock;
    this.deletion = deletion;
  }

  @Override
  public synchronized @Nullable Delivery find(String affiliateId, String deliveryId) {
    return own(affiliateId).get(deliveryId);
  }

  @Override
  public synchronized Map<String, Delivery> findAll(
      String affiliateId, Collection<String> deliveryIds) {
    Map<String, Delivery> found = new HashMap<>(own(affiliateId));
    found.keySet().retainAll(deliveryIds);
    return found;
  }

  @Override
  public synchronized boolean save(Delivery delivery) {
    if (delivery.revision() < 1) {
      throw new IllegalArgumentException("a delivery without a revision cannot be stored");
    }
    String affiliateId = delivery.callback().affiliateId();
    Delivery stored = find(affiliateId, delivery.id());
    int revision = stored == null ? 0 : stored.revision();
    if (delivery.revision() != revision + 1) {
      return false;
    }
    own(affiliateId).put(delivery.id(), delivery);
    deletedFrom(deletion.at(delivery));
    return true;
  }

  @Override
  public synchronized Page<Delivery> list(
      String affiliateId, DeliveryFilter filter, Order order, @Nullable String after, int limit) {
    NavigableMap<String, Delivery> own = own(affiliateId);
    NavigableMap<String, Delivery> ordered =
        switch (order) {
          case NEWEST_FIRST -> own.descendingMap();
          case OLDEST_FIRST -> own;
        };
    return Pages.firstOf(
        (after == null ? ordered : ordered.tailMap(after, false))
            .values().stream().filter(filter::matches),
        limit,
        Delivery::id);
  }

  /** The rows that have a wake time. */
  public synchronized List<Delivery> waking() {
    return byAffiliate.values().stream()
        .flatMap(rows -> rows.values().stream())
        .filter(row -> row.wakeAt() != null)
        .toList();
  }

  private NavigableMap<String, Delivery> own(String affiliateId) {
    Instant now = clock.instant();
    if (now.isAfter(nextDeletion)) {
      nextDeletion = Instant.MAX;
      byAffiliate.values().forEach(rows -> rows.values().removeIf(row -> isDeleted(row, now)));
    }
    return byAffiliate.computeIfAbsent(affiliateId, _ -> new TreeMap<>());
  }

  private boolean isDeleted(Delivery row, Instant now) {
    Instant at = deletion.at(row);
    if (at.isBefore(now)) {
      deletion.deleted(row);
      return true;
    }
    deletedFrom(at);
    return false;
  }

  private void deletedFrom(Instant at) {
    nextDeletion = at.isBefore(nextDeletion) ? at : nextDeletion;
  }
}
