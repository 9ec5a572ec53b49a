package com.natifico.postback.simulation;

import com.natifico.postback.Page;
import com.natifico.postback.conversion.ConversionEvent;
import com.natifico.postback.conversion.EventId;
import com.natifico.postback.conversion.EventOrder;
import com.natifico.postback.conversion.ForwardingEventStore;
import com.natifico.postback.delivery.Callback;
import com.natifico.postback.delivery.CallbackMessage;
import com.natifico.postback.delivery.CallbackQueue;
import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.delivery.DeliveryState;
import com.natifico.postback.delivery.Transport;
import com.natifico.postback.postback.CallbackRequest;
import com.natifico.postback.postback.Circuit;
import com.natifico.postback.postback.EndpointPace;
import com.natifico.postback.postback.PaceStore;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.PostbackHealth;
import com.natifico.postback.postback.PostbackKey;
import com.natifico.postback.postback.PostbackStatus;
import com.natifico.postback.postback.SecretWrites;
import com.natifico.postback.statistics.ShardChanges;
import com.natifico.postback.statistics.StatisticsStore;
import com.natifico.postback.testing.ForwardingLog;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Wrong ways to assemble the functions, each of which the simulation must detect. */
enum Mutation implements Wiring {
  /** If a worker dies in between, the message is lost. */
  ACKNOWLEDGES_BEFORE_RECORDING("is waiting without a message") {
    @Override
    Wiring baseline() {
      return LOOKS_ONCE;
    }

    @Override
    public TimerPorts timer(TimerPorts ports) {
      return wakingWhatIsDue(ports);
    }

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

  /** Callbacks reach their trackers without the headers of their postbacks. */
  LOSES_HEADERS("differs from the postback's request") {
    @Override
    public Ports conversion(Ports ports) {
      return ports.withCallbacks(
          messages ->
              ports.callbacks().send(messages.stream().map(Mutation::withoutHeaders).toList()));
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
  /** The timer never wakes the rows of one shard. */
  FORGETS_A_SHARD("is waiting without a message") {
    @Override
    public TimerPorts timer(TimerPorts ports) {
      return ports.with(
          new ForwardingWakeUps(ports.wakeUps()) {
            @Override
            public Page<Delivery> find(int shard, List<Range> ranges, @Nullable String after) {
              return shard == 3 ? new Page<>(List.of(), null) : super.find(shard, ranges, after);
            }
          });
    }
  },

  /** The timer wakes what is due, and does not look at it again. */
  LOOKS_ONCE("is waiting without a message") {
    @Override
    public TimerPorts timer(TimerPorts ports) {
      return wakingWhatIsDue(ports);
    }
  },

  /** If the timer crashes in between, a minute's retries are late. */
  COMPLETES_BEFORE_ENQUEUEING("completed a minute without its messages") {
    @Override
    public TimerPorts timer(TimerPorts ports) {
      List<CallbackMessage> behind = new ArrayList<>();
      CallbackQueue later =
          messages -> {
            behind.addAll(messages);
            return Set.of();
          };
      return ports
          .with(later)
          .with(
              new ForwardingWakeUps(ports.wakeUps()) {
                @Override
                public void complete(Instant until) {
                  super.complete(until);
                  List<CallbackMessage> messages = List.copyOf(behind);
                  behind.clear();
                  if (!messages.isEmpty()) {
                    ports.retries().send(messages);
                  }
                }
              });
    }
  },

  /** Loses one retry in ten. */
  DROPS_A_RETRY("is waiting without a message") {
    @Override
    Wiring baseline() {
      return LOOKS_ONCE;
    }

    @Override
    public TimerPorts timer(TimerPorts ports) {
      return wakingWhatIsDue(ports);
    }

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
    Wiring baseline() {
      return LOOKS_ONCE;
    }

    @Override
    public TimerPorts timer(TimerPorts ports) {
      return wakingWhatIsDue(ports);
    }

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
    Wiring baseline() {
      return LOOKS_ONCE;
    }

    @Override
    public TimerPorts timer(TimerPorts ports) {
      return wakingWhatIsDue(ports);
    }

    @Override
    public Duration retention() {
      return Duration.ofMinutes(10);
    }
  },
  /** The checker's schedule is that of the running version, which waits longer. */
  UPGRADES_TO_A_SHORTER_SCHEDULE(", before ") {
    @Override
    public int waitsOfNextVersion() {
      return 50;
    }
  },

  /** A row that is resent on its last day is deleted before its retries. */
  EXPIRES_BY_AGE_ALONE("deleted while in use") {
    @Override
    public Instant expiry(Delivery row) {
      return row.callback().createdAt().plus(ROWS_KEPT);
    }
  },
  /**
   * A batch that starts a few seconds late is still running when its messages are visible again.
   */
  HIDES_MESSAGES_FOR_TWELVE_SECONDS("are the same attempt") {
    @Override
    public Duration visibilityTimeout() {
      return Duration.ofSeconds(12);
    }
  },

  /** A worker takes the lease of another one for expired, or its row for due. */
  HAS_CLOCKS_THAT_DIFFER_BY_A_MINUTE(", before ") {
    @Override
    public Duration clockSkew(Duration usual) {
      return usual.isZero() ? usual : Duration.ofSeconds(30);
    }
  },

  /** A refused message fails its batch, with the messages of other keys. */
  FAILS_WHOLE_BATCHES("received again because of another key") {
    @Override
    public Ports sender(Ports ports) {
      return ports.withRetries(
          messages ->
              messages.stream().anyMatch(message -> message.refusedSince() != null)
                  ? Set.of(messages.getFirst().callback().deliveryId())
                  : ports.retries().send(messages));
    }

    @Override
    public boolean failsWholeBatches() {
      return true;
    }
  },

  /** The schedule is used up while no endpoint can be reached. */
  COUNTS_ATTEMPTS_OF_AN_OUTAGE("counts an attempt while no endpoint is reached") {
    @Override
    public Ports sender(Ports ports) {
      return ports.with(
          new ForwardingLog(ports.log()) {
            @Override
            public boolean save(Delivery row) {
              Delivery stored = super.find(row.callback().affiliateId(), row.id());
              boolean isAttempt =
                  row.history().count() > (stored == null ? 0 : stored.history().count());
              return super.save(
                  isAttempt
                      ? Rows.counted(row, stored == null ? 0 : stored.history().scheduleStart())
                      : row);
            }
          });
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
                                          message.dueAt())
                                      : message)
                          .toList()));
    }
  },

  /** A crash in between leaves a delivery waiting for a message that was never sent. */
  RESENDS_THE_ROW_FIRST("is waiting without a message") {
    @Override
    Wiring baseline() {
      return LOOKS_ONCE;
    }

    @Override
    public TimerPorts timer(TimerPorts ports) {
      return wakingWhatIsDue(ports);
    }

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

  /** A receiver that drops repeats drops a forced resend. */
  FORGETS_TO_FORCE("repeats a webhook-id after a forced resend") {
    @Override
    public Ports api(Ports ports) {
      return ports.with(
          new ForwardingLog(ports.log()) {
            @Override
            public boolean save(Delivery row) {
              return super.save(Rows.unforced(row));
            }
          });
    }
  },

  /** After a forced resend, a redrive has the delivery's id again. */
  REDRIVES_WITH_THE_FIRST_WEBHOOK_ID("changes its webhook-id without a forced resend") {
    @Override
    public Ports sender(Ports ports) {
      return ports.with(
          new ForwardingLog(ports.log()) {
            @Override
            public boolean save(Delivery row) {
              Delivery stored = super.find(row.callback().affiliateId(), row.id());
              boolean isRedrive =
                  stored != null
                      && stored.state() == DeliveryState.FAILED
                      && row.state() == DeliveryState.RETRYING;
              return super.save(isRedrive ? Rows.unforced(row) : row);
            }
          });
    }
  },

  /** A retry is made without a look at newer events. */
  SENDS_WHAT_IS_STALE("after a newer event had been attempted") {
    @Override
    public Ports sender(Ports ports) {
      return ports.with(
          new ForwardingEventStore(ports.events()) {
            @Override
            public List<ConversionEvent> newerThan(String affiliateId, EventId id) {
              return List.of();
            }
          });
    }
  },

  /** A back-fill that died after the rows is completed neither by the timer nor by its repeat. */
  BACKFILLS_WITHOUT_COMPLETING("is waiting without a message") {
    @Override
    public Ports api(Ports ports) {
      Set<String> fresh = ConcurrentHashMap.newKeySet();
      return ports
          .with(
              new ForwardingLog(ports.log()) {
                @Override
                public boolean save(Delivery delivery) {
                  Delivery unchecked =
                      delivery.state() == DeliveryState.PENDING
                          ? Rows.withoutWakeTime(delivery)
                          : delivery;
                  boolean saved = super.save(unchecked);
                  if (saved) {
                    fresh.add(delivery.id());
                  }
                  return saved;
                }
              })
          .withCallbacks(
              messages ->
                  ports
                      .callbacks()
                      .send(
                          messages.stream()
                              .filter(
                                  message ->
                                      fresh.contains(message.callback().deliveryId())
                                          || !isPending(ports, message))
                              .toList()));
    }
  },

  /** A back-fill sends what an offer's own postback replaces. */
  BACKFILLS_WHATEVER_REPLACES_IT("sent by no back-fill") {
    @Override
    public Ports api(Ports ports) {
      return ports.with(
          new ForwardingPostbackStore(ports.postbacks()) {
            @Override
            public List<Postback> forOffer(String affiliateId, String offerId) {
              return List.of();
            }
          });
    }
  },

  /** The older event is taken for the newer one. */
  DROPS_WHAT_IS_NEWEST("superseded although no newer event had been attempted") {
    @Override
    public Ports sender(Ports ports) {
      return ports.with(
          new ForwardingEventStore(ports.events()) {
            @Override
            public List<ConversionEvent> newerThan(String affiliateId, EventId id) {
              ConversionEvent own = super.find(affiliateId, id);
              return own == null
                  ? List.of()
                  : super.ofConversion(affiliateId, own.conversion().conversionId()).stream()
                      .filter(event -> EventOrder.newerThan(event, List.of(own)).contains(own))
                      .toList();
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
            public Written replace(Postback postback, long expectedVersion, SecretWrites secrets) {
              Postback stored = super.find(postback.affiliateId(), postback.postbackId());
              return super.replace(
                  postback, stored == null ? expectedVersion : stored.version(), secrets);
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

  /** Each worker finds out by itself which endpoints are slow. */
  LEARNS_NOTHING_FROM_OTHERS("in a usual lane, to an endpoint that has been slow") {
    @Override
    public Ports sender(Ports ports) {
      return ports.with(
          new ForwardingPostbackStore(ports.postbacks()) {
            @Override
            public @Nullable Postback find(String affiliateId, String postbackId) {
              Postback postback = super.find(affiliateId, postbackId);
              return postback != null && postback.status() instanceof PostbackStatus.Active active
                  ? postback.withHealth(new PostbackStatus.Active(active.failingSince()))
                  : postback;
            }
          });
    }
  },

  /** An endpoint that hangs is stored as slow only when an attempt is recorded. */
  REPORTS_NO_ATTEMPT_IN_PROGRESS("before its end") {
    @Override
    public Ports sender(Ports ports) {
      List<Runnable> after = new ArrayList<>();
      return ports
          .with(
              new PostbackHealth() {
                @Override
                public @Nullable Streak failed(Postback postback, int attempts, Instant at) {
                  return ports.health().failed(postback, attempts, at);
                }

                @Override
                public void succeeded(Postback postback) {
                  ports.health().succeeded(postback);
                }

                @Override
                public @Nullable Circuit replaceCircuit(
                    Postback postback, Circuit expected, Circuit next) {
                  if (expected instanceof Circuit.Closed) {
                    after.add(() -> ports.health().replaceCircuit(postback, expected, next));
                    return next;
                  }
                  return ports.health().replaceCircuit(postback, expected, next);
                }
              })
          .with(
              new ForwardingLog(ports.log()) {
                @Override
                public boolean save(Delivery row) {
                  List<Runnable> due = List.copyOf(after);
                  after.clear();
                  due.forEach(Runnable::run);
                  return super.save(row);
                }
              });
    }
  },

  /** Each worker reserves slots for itself alone. */
  SHARES_NO_SLOTS("more requests than max_per_second allows") {
    @Override
    public Ports sender(Ports ports) {
      return ports.with(
          new PaceStore() {
            @Override
            public EndpointPace find(PostbackKey key) {
              return EndpointPace.UNKNOWN;
            }

            @Override
            public Replaced replace(PostbackKey key, EndpointPace expected, EndpointPace next) {
              return new Replaced(true, next);
            }

            @Override
            public void mark(Postback postback, Instant until) {
              ports.paces().mark(postback, until);
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

  /** A tracker that refuses with 200 counts as one that accepts. */
  IGNORES_ANSWER_RULES("is recorded incorrectly") {
    @Override
    public Ports sender(Ports ports) {
      return ports.with(reading(ports.transport(), _ -> ""));
    }
  },

  /** A refused callback is sent again. */
  RETRIES_REFUSALS("after the last attempt") {
    @Override
    public Ports sender(Ports ports) {
      return ports.with(
          reading(ports.transport(), body -> body.equals(Reply.REFUSED) ? Reply.LATER : body));
    }
  },

  /** A change that the stream repeats is counted again. */
  COUNTS_REPEATS("counted wrongly") {
    @Override
    public StatisticsStore statistics(StatisticsStore store) {
      int[] calls = {0};
      return new StatisticsStore() {
        @Override
        public void add(ShardChanges changes) {
          store.add(
              new ShardChanges(
                  changes.shard() + "/" + ++calls[0], changes.key(), changes.changes()));
        }

        @Override
        public List<Hour> read(String affiliateId, Instant since, Instant until) {
          return store.read(affiliateId, since, until);
        }
      };
    }
  },

  /** A change whose counters refused the write is never counted. */
  FORGETS_UNCOUNTED_CHANGES("counted wrongly") {
    @Override
    public boolean forgetsUncounted() {
      return true;
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

  private static boolean isPending(Ports ports, CallbackMessage message) {
    Callback callback = message.callback();
    Delivery row = ports.log().find(callback.affiliateId(), callback.deliveryId());
    return row != null && row.state() == DeliveryState.PENDING;
  }

  private static CallbackMessage withoutHeaders(CallbackMessage message) {
    Callback callback = message.callback();
    CallbackRequest request = callback.request();
    return new CallbackMessage(
        callback.withRequest(
            new CallbackRequest(
                request.method(), request.url(), request.body(), request.contentType())),
        message.attempt(),
        message.dueAt(),
        message.sentAt());
  }

  /** A transport that changes what answer rules read. */
  private static Transport reading(Transport transport, UnaryOperator<String> change) {
    return (request, headers, use) -> {
      Transport.Answer answer = transport.send(request, headers, use);
      return new Transport.Answer(answer.exchange(), change.apply(answer.body()));
    };
  }

  /** A wiring with which a run must be good for this mutation to be the cause of what it breaks. */
  Wiring baseline() {
    return Wiring.DEPLOYED;
  }

  /** The timer replaces lost messages. With this one, a mutation that loses them is noticed. */
  private static TimerPorts wakingWhatIsDue(TimerPorts ports) {
    return ports.with(
        new ForwardingWakeUps(ports.wakeUps()) {
          @Override
          public Page<Delivery> find(int shard, List<Range> ranges, @Nullable String after) {
            return super.find(shard, ranges.subList(0, 1), after);
          }
        });
  }

  /** The messages of retries, which have a delay. */
  private static List<CallbackMessage> delayed(List<CallbackMessage> messages, Ports ports) {
    Instant soon = ports.clock().instant().plus(Duration.ofSeconds(5));
    return messages.stream().filter(message -> message.dueAt().isAfter(soon)).toList();
  }
}
