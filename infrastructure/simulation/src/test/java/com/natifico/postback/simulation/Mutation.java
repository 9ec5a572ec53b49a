package com.natifico.postback.simulation;

import com.natifico.postback.delivery.CallbackMessage;
import com.natifico.postback.delivery.CallbackQueue;
import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.testing.ForwardingLog;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Wrong ways to assemble the functions, each of which the simulation must detect. */
enum Mutation implements Wiring {
  /** If a worker dies in between, the message is lost. */
  ACKNOWLEDGES_BEFORE_RECORDING("is waiting without a message") {
    @Override
    public boolean acknowledgesFirst() {
      return true;
    }
  },

  /** A request that loses the claim has sent its callbacks already. */
  ENQUEUES_BEFORE_CLAIMING("refused and yet delivered") {
    @Override
    public Ports conversion(Ports ports) {
      return ports
          .with(new EnqueueBeforeClaim(ports))
          .withCallbacks(messages -> ports.callbacks().send(delayed(messages, ports)));
    }
  },

  /** Callbacks that were not enqueued because of a crash after the claim are never sent. */
  CLAIMS_WITHOUT_HEALING("is waiting without a message") {
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

  /** Accepts conversions whose messages the queue has refused. */
  IGNORES_REFUSALS("is not in the log") {
    @Override
    public Ports conversion(Ports ports) {
      return ports.withCallbacks(
          messages -> {
            ports.callbacks().send(messages);
            return Set.of();
          });
    }
  },
  /** Loses one retry in ten. */
  DROPS_A_RETRY("is waiting without a message") {
    @Override
    public Ports sender(Ports ports) {
      int[] sent = {0};
      return ports.withRetries(
          messages -> ++sent[0] % 10 == 0 ? Set.of() : ports.retries().send(messages));
    }
  },

  /** Lambda drops a retry at the seventeenth pass through the queues. */
  FORBIDS_RECURSION("is waiting without a message") {
    @Override
    public boolean allowsRecursion() {
      return false;
    }
  },

  /** A batch that Lambda refuses to invoke is moved away as if it had failed for good. */
  GIVES_UP_AFTER_ONE_RECEIVE("moved because of short throttling") {
    @Override
    public int maxReceiveCount() {
      return 1;
    }
  },
  /** The queue deletes messages that are still delayed. */
  KEEPS_MESSAGES_FOR_TEN_MINUTES("is waiting without a message") {
    @Override
    public Duration retention() {
      return Duration.ofMinutes(10);
    }
  },
  /** Two messages for one attempt both make it. */
  IGNORES_THE_LEASE("are the same attempt") {
    @Override
    public Ports sender(Ports ports) {
      return ports.with(new Unleased(ports.log()));
    }
  },

  /** An attempt whose record is refused is made again instead of recorded later. */
  REPEATS_WHAT_IT_CANNOT_RECORD("are the same attempt") {
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
                                  message.task() instanceof CallbackMessage.Task.Store
                                      ? new CallbackMessage(
                                          message.callback(),
                                          message.attempt(),
                                          message.dueAt(),
                                          message.sentAt())
                                      : message)
                          .toList()));
    }
  },

  /** A crash in between leaves a delivery waiting for a message that was never sent. */
  RESENDS_THE_ROW_FIRST("is waiting without a message") {
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
              new ForwardingLog(ports.log()) {
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

  /** Several workers that received 410 each pause the postback. */
  PAUSES_WHATEVER_THE_VERSION("paused twice") {
    @Override
    public Ports sender(Ports ports) {
      return ports.with(
          new ForwardingPostbackStore(ports.postbacks()) {
            @Override
            public Written replace(Postback postback, long expectedVersion) {
              Postback stored = super.find(postback.affiliateId(), postback.postbackId());
              return super.replace(postback, stored == null ? expectedVersion : stored.version());
            }
          });
    }
  },

  /** A worker never notices a pause. */
  REMEMBERS_POSTBACKS_FOR_EVER("to a paused or deleted postback") {
    @Override
    public Ports sender(Ports ports) {
      Map<String, Optional<Postback>> known = new HashMap<>();
      return ports.with(
          new ForwardingPostbackStore(ports.postbacks()) {
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

  /** The sender reads postbacks from the index, which shows a pause too late. */
  TRUSTS_THE_INDEX("to a paused or deleted postback") {
    @Override
    public Ports sender(Ports ports) {
      return ports.with(
          new ForwardingPostbackStore(ports.postbacks()) {
            @Override
            public @Nullable Postback find(String affiliateId, String postbackId) {
              return Stream.of("1", "2")
                  .flatMap(offerId -> super.forOffer(affiliateId, offerId).stream())
                  .filter(postback -> postback.postbackId().equals(postbackId))
                  .findFirst()
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
          new ForwardingPostbackStore(ports.postbacks()) {
            @Override
            public List<Postback> forOffer(String affiliateId, String offerId) {
              return OutsideWorld.AFFILIATES.stream()
                  .flatMap(each -> super.forOffer(each, offerId).stream())
                  .toList();
            }
          });
    }
  },

  /** Row and message are due ten seconds too early. */
  RETRIES_TOO_EARLY(", before ") {
    @Override
    public Ports sender(Ports ports) {
      return ports
          .withRetries(
              messages ->
                  ports
                      .retries()
                      .send(
                          messages.stream()
                              .map(message -> message.dueAt(message.dueAt().minusSeconds(10)))
                              .toList()))
          .with(
              new ForwardingLog(ports.log()) {
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
   * @param caughtBy a part of the violation that the checker reports in at least one run
   */
  Mutation(String caughtBy) {
    this.caughtBy = caughtBy;
  }

  String caughtBy() {
    return caughtBy;
  }

  /** The messages of retries, which have a delay. */
  private static List<CallbackMessage> delayed(List<CallbackMessage> messages, Ports ports) {
    Instant soon = ports.clock().instant().plus(Duration.ofSeconds(5));
    return messages.stream().filter(message -> message.dueAt().isAfter(soon)).toList();
  }
}
