package com.natifico.postback.simulation;

import com.natifico.postback.Page;
import com.natifico.postback.conversion.ConversionEvent;
import com.natifico.postback.conversion.ConversionMacros;
import com.natifico.postback.conversion.EventId;
import com.natifico.postback.conversion.EventStore;
import com.natifico.postback.delivery.Callback;
import com.natifico.postback.delivery.CallbackMessage;
import com.natifico.postback.delivery.CallbackQueue;
import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.delivery.DeliveryFilter;
import com.natifico.postback.delivery.DeliveryLog;
import com.natifico.postback.postback.Expansion;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.PostbackStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Wrong ways to put the functions together, each of which the simulation has to notice. */
enum Mutation implements Wiring {
  /** A worker that dies in between takes the message with it. */
  ACKNOWLEDGES_BEFORE_RECORDING("waits for nothing") {
    @Override
    public boolean acknowledgesFirst() {
      return true;
    }
  },

  /** Whoever loses the claim has sent its callbacks all the same. */
  ENQUEUES_BEFORE_CLAIMING("refused and yet delivered") {
    @Override
    public Ports conversion(Ports ports) {
      return ports
          .with(new Hasty(ports))
          .withCallbacks(messages -> ports.callbacks().send(delayed(messages, ports)));
    }
  },

  /** What died between claim and enqueue stays undone. */
  CLAIMS_WITHOUT_HEALING("waits for nothing") {
    @Override
    public Ports conversion(Ports ports) {
      return ports.withCallbacks(
          messages -> {
            List<CallbackMessage> first = new ArrayList<>(messages);
            first.removeAll(delayed(messages, ports));
            return ports.callbacks().send(first);
          });
    }
  },

  /** One retry in ten. */
  DROPS_A_RETRY("waits for nothing") {
    @Override
    public Ports sender(Ports ports) {
      int[] sent = {0};
      return ports.withRetries(
          messages -> ++sent[0] % 10 == 0 ? Set.of() : ports.retries().send(messages));
    }
  },

  /** Two messages for one attempt both make it. */
  IGNORES_THE_LEASE("are the same attempt") {
    @Override
    public Ports sender(Ports ports) {
      return ports.with(new Unleased(ports.log()));
    }
  },

  /** A crash in between leaves a delivery that waits for a message that nobody sent. */
  RESENDS_THE_ROW_FIRST("waits for nothing") {
    @Override
    public Ports api(Ports ports) {
      List<CallbackMessage> behind = new ArrayList<>();
      CallbackQueue later =
          messages -> {
            behind.addAll(messages);
            return Set.of();
          };
      return ports
          .withCallbacks(later)
          .with(
              new LogBehind(ports.log()) {
                @Override
                public boolean save(Delivery delivery) {
                  boolean saved = super.save(delivery);
                  List<CallbackMessage> messages = List.copyOf(behind);
                  behind.clear();
                  ports.callbacks().send(messages);
                  return saved;
                }
              });
    }
  },

  /** Several workers that were told 410 each pause the postback. */
  PAUSES_WHATEVER_THE_VERSION("paused twice") {
    @Override
    public Ports sender(Ports ports) {
      return ports.with(
          new StoreBehind(ports.postbacks()) {
            @Override
            public Written replace(Postback postback, long expectedVersion) {
              Postback stored = super.find(postback.affiliateId(), postback.postbackId());
              return super.replace(postback, stored == null ? expectedVersion : stored.version());
            }
          });
    }
  },

  /** A pause shows when the worker is replaced, and not before. */
  REMEMBERS_POSTBACKS_FOR_EVER("to a paused or deleted postback") {
    @Override
    public Ports sender(Ports ports) {
      Map<String, Optional<Postback>> known = new HashMap<>();
      return ports.with(
          new StoreBehind(ports.postbacks()) {
            @Override
            public @Nullable Postback find(String affiliateId, String postbackId) {
              return known
                  .computeIfAbsent(
                      postbackId, id -> Optional.ofNullable(super.find(affiliateId, id)))
                  .orElse(null);
            }
          });
    }
  },

  /** A callback of one affiliate goes to the tracker of the other. */
  MIXES_UP_AFFILIATES("matched wrongly") {
    @Override
    public Ports conversion(Ports ports) {
      return ports.with(
          new StoreBehind(ports.postbacks()) {
            @Override
            public List<Postback> forOffer(String affiliateId, String offerId) {
              return Outside.AFFILIATES.stream()
                  .flatMap(each -> super.forOffer(each, offerId).stream())
                  .toList();
            }
          });
    }
  },

  /** Row and message are ten seconds before the schedule. */
  RETRIES_TOO_EARLY(", before ") {
    @Override
    public Ports sender(Ports ports) {
      return ports.withRetries(
          messages ->
              ports
                  .retries()
                  .send(
                      messages.stream()
                          .map(
                              message ->
                                  new CallbackMessage(
                                      message.callback(),
                                      message.attempt(),
                                      message.dueAt().minusSeconds(10),
                                      message.sentAt()))
                          .toList()))
          .with(
              new LogBehind(ports.log()) {
                @Override
                public boolean save(Delivery row) {
                  Instant next = row.nextAttemptAt();
                  return super.save(next == null ? row : Rows.dueAt(row, next.minusSeconds(10)));
                }
              });
    }
  };

  private final String caughtBy;

  /**
   * @param caughtBy what the checker says of it, or at least of one of the runs that it spoils
   */
  Mutation(String caughtBy) {
    this.caughtBy = caughtBy;
  }

  String caughtBy() {
    return caughtBy;
  }

  /** Those that are not to be received at once: a repeat's. */
  private static List<CallbackMessage> delayed(List<CallbackMessage> messages, Ports ports) {
    Instant soon = ports.clock().instant().plus(Duration.ofSeconds(5));
    return messages.stream().filter(message -> message.dueAt().isAfter(soon)).toList();
  }

  /** Copies of rows with one thing changed. */
  private static final class Rows {
    static Delivery dueAt(Delivery row, Instant next) {
      return new Delivery(
          row.callback(),
          row.state(),
          row.attempts(),
          next,
          row.scheduleStart(),
          row.leasedUntil(),
          row.recordedBy(),
          row.reason(),
          row.revision());
    }

    static Delivery unleased(Delivery row) {
      return new Delivery(
          row.callback(),
          row.state(),
          row.attempts(),
          row.nextAttemptAt(),
          row.scheduleStart(),
          null,
          row.recordedBy(),
          row.reason(),
          row.revision());
    }
  }

  /** Sends the callbacks of an event that it has not claimed yet. */
  private record Hasty(Ports ports) implements EventStore {
    @Override
    public @Nullable ConversionEvent claim(ConversionEvent event) {
      List<CallbackMessage> messages = new ArrayList<>();
      for (String postbackId : event.callbacks()) {
        Postback postback = ports.postbacks().find(event.conversion().affiliateId(), postbackId);
        if (postback != null) {
          messages.add(message(event, postback));
        }
      }
      if (!messages.isEmpty()) {
        ports.callbacks().send(messages);
      }
      return ports.events().claim(event);
    }

    private CallbackMessage message(ConversionEvent event, Postback postback) {
      Instant now = ports.clock().instant();
      Callback callback =
          new Callback(
              event.id().deliveryId(postback.postbackId()),
              event.conversion().affiliateId(),
              event.conversion().offerId(),
              postback.postbackId(),
              event.conversion().conversionId(),
              event.conversion().status(),
              event.test(),
              Expansion.of(postback).expand(ConversionMacros.of(event, postback.postbackId())));
      return new CallbackMessage(callback, 1, now, now);
    }

    @Override
    public List<ConversionEvent> ofConversion(String affiliateId, String conversionId) {
      return ports.events().ofConversion(affiliateId, conversionId);
    }

    @Override
    public @Nullable ConversionEvent find(String affiliateId, EventId id) {
      return ports.events().find(affiliateId, id);
    }
  }

  /** A log without leases: nobody sees them, and nobody writes them. */
  private static final class Unleased extends LogBehind {
    Unleased(DeliveryLog log) {
      super(log);
    }

    @Override
    public @Nullable Delivery find(String affiliateId, String deliveryId) {
      Delivery row = super.find(affiliateId, deliveryId);
      return row == null ? null : Rows.unleased(row);
    }

    @Override
    public boolean save(Delivery delivery) {
      return delivery.leasedUntil() != null || super.save(delivery);
    }
  }

  /** A log that somebody has put something before. */
  private abstract static class LogBehind implements DeliveryLog {
    private final DeliveryLog log;

    LogBehind(DeliveryLog log) {
      this.log = log;
    }

    @Override
    public @Nullable Delivery find(String affiliateId, String deliveryId) {
      return log.find(affiliateId, deliveryId);
    }

    @Override
    public Map<String, Delivery> findAll(String affiliateId, Collection<String> deliveryIds) {
      return log.findAll(affiliateId, deliveryIds);
    }

    @Override
    public boolean save(Delivery delivery) {
      return log.save(delivery);
    }

    @Override
    public Page<Delivery> list(
        String affiliateId,
        DeliveryFilter filter,
        Order order,
        @Nullable String after,
        int limit) {
      return log.list(affiliateId, filter, order, after, limit);
    }
  }

  /** A store that somebody has put something before. */
  private abstract static class StoreBehind implements PostbackStore {
    private final PostbackStore store;

    StoreBehind(PostbackStore store) {
      this.store = store;
    }

    @Override
    public Written create(Postback postback) {
      return store.create(postback);
    }

    @Override
    public Written replace(Postback postback, long expectedVersion) {
      return store.replace(postback, expectedVersion);
    }

    @Override
    public Written delete(String affiliateId, String postbackId, @Nullable Long expectedVersion) {
      return store.delete(affiliateId, postbackId, expectedVersion);
    }

    @Override
    public @Nullable Postback find(String affiliateId, String postbackId) {
      return store.find(affiliateId, postbackId);
    }

    @Override
    public Page<Postback> list(
        String affiliateId, Scope scope, @Nullable String after, int limit) {
      return store.list(affiliateId, scope, after, limit);
    }

    @Override
    public List<Postback> forOffer(String affiliateId, String offerId) {
      return store.forOffer(affiliateId, offerId);
    }
  }
}
