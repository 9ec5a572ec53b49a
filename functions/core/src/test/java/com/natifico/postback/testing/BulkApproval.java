package com.natifico.postback.testing;

import com.natifico.postback.conversion.ConversionEvent;
import com.natifico.postback.delivery.Callback;
import com.natifico.postback.delivery.CallbackMessage;
import com.natifico.postback.delivery.CallbackQueue;
import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.delivery.DeliveryFilter;
import com.natifico.postback.delivery.DeliveryLog;
import com.natifico.postback.delivery.DeliveryObserver;
import com.natifico.postback.delivery.FollowUp;
import com.natifico.postback.delivery.HealthWatch;
import com.natifico.postback.delivery.LanedQueue;
import com.natifico.postback.delivery.Pacing;
import com.natifico.postback.delivery.RetryPolicy;
import com.natifico.postback.delivery.RetrySchedule;
import com.natifico.postback.delivery.Sender;
import com.natifico.postback.delivery.SenderStores;
import com.natifico.postback.delivery.Transport;
import com.natifico.postback.postback.CallbackRequest;
import com.natifico.postback.postback.EndpointPace;
import com.natifico.postback.postback.PaceStore;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.PostbackCache;
import com.natifico.postback.postback.PostbackKey;
import com.natifico.postback.postback.PostbackSettings;
import com.natifico.postback.postback.RequestTemplate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A network approves many conversions of one affiliate at once, whose tracker takes a limited
 * number of requests a second and answers 429 to the others. Senders of the deployed number, on a
 * {@linkplain VirtualTime virtual clock}, with a model of SQS (delays in whole seconds, fair
 * queues), of Lambda's pollers, and of the stores' latencies.
 *
 * @param callbacks to the limited tracker
 * @param acceptedPerSecond how fast they are accepted
 * @param takenPerSecond what the tracker takes, with bursts of one second's worth
 * @param retryAfter whether its refusals name a second as the time to wait
 * @param settings changes the settings of its postback
 * @param observedFor how long the others are observed
 */
public record BulkApproval(
    int callbacks,
    int acceptedPerSecond,
    int takenPerSecond,
    boolean retryAfter,
    UnaryOperator<PostbackSettings> settings,
    Duration observedFor) {
  /** As in template.yaml. */
  private static final int USUAL_WORKERS = 50;

  private static final int RETRY_WORKERS = 20;
  private static final int SLOW_WORKERS = 10;
  private static final int BATCH = 100;
  private static final Duration WINDOW = Duration.ofSeconds(1);

  /** Lambda begins with five pollers of a queue, and adds up to five a second. */
  private static final int FIRST_POLLERS = 5;

  private static final int OTHERS = 20;
  private static final int OTHERS_PER_SECOND = 40;
  private static final Duration STORE = Duration.ofMillis(5);
  private static final int LATENCY_MS = 100;
  private static final String BULK = "bulk";

  /**
   * What was seen.
   *
   * @param deliveredAt when the callbacks of the bulk were delivered, since the first was accepted
   * @param refused how many requests were answered 429
   * @param attempts in the log of all deliveries of the bulk
   * @param writes of the stored pace
   * @param received how often messages of the bulk were received
   * @param othersMs the latencies of the others, from acceptance to request, sorted
   * @param sentAt when the limited tracker was called, in order
   */
  public record Report(
      List<Duration> deliveredAt,
      int refused,
      int attempts,
      int writes,
      int received,
      List<Long> othersMs,
      List<Instant> sentAt) {
    public int delivered() {
      return deliveredAt.size();
    }

    /**
     * How fast this share of the callbacks was delivered. The retries of the few that were refused
     * follow the retry schedule.
     */
    public double deliveredPerSecond(double share) {
      int count = (int) (share * delivered());
      return count / (deliveredAt.get(count - 1).toMillis() / 1_000.0);
    }

    public double shareRefused() {
      return sentAt.isEmpty() ? 0 : (double) refused / sentAt.size();
    }

    /** In milliseconds. */
    public long others(double quantile) {
      return othersMs.get((int) (quantile * (othersMs.size() - 1)));
    }

    /** For people. */
    public String summary() {
      return String.format(
          Locale.ROOT,
          "%d delivered, 95 %% at %.1f a second, all at %.1f; %d requests, %.2f %% refused; "
              + "%d writes of the pace, %d messages received; the others' p50 %d ms, p99 %d ms",
          delivered(),
          delivered() == 0 ? 0 : deliveredPerSecond(0.95),
          delivered() == 0 ? 0 : deliveredPerSecond(1),
          sentAt.size(),
          100 * shareRefused(),
          writes,
          received,
          others(0.5),
          others(0.99));
    }
  }

  /** Runs it to the end. */
  public Report run() {
    return new Run().report();
  }

  /** One run. */
  private final class Run {
    private final VirtualTime time = new VirtualTime(Samples.NOW);
    private final InMemoryPostbackStore postbacks = new InMemoryPostbackStore();
    private final InMemoryDeliveryLog rows = new InMemoryDeliveryLog();
    private final InMemoryPaceStore paces = new InMemoryPaceStore(postbacks);
    private final InMemoryPostbackHealth health = new InMemoryPostbackHealth(postbacks);
    private final FairQueue usual = new FairQueue();
    private final FairQueue retries = new FairQueue();
    private final FairQueue slow = new FairQueue();
    private final Random random = new Random(7);
    private final PostbackCache accepting =
        new PostbackCache(postbacks, Duration.ofSeconds(5), time);
    private final Map<String, Instant> accepted = new HashMap<>();
    private final List<Long> others = new ArrayList<>();
    private final List<Duration> deliveredAt = new ArrayList<>();
    private final List<Instant> sentAt = new ArrayList<>();
    private final Instant start = time.instant();
    private double tokens = takenPerSecond;
    private Instant filledAt = start;
    private int refused;
    private int received;
    private int writes;

    Report report() {
      Postback bulk = Samples.postback(BULK, null);
      postbacks.create(Samples.with(bulk, settings.apply(bulk.settings())));
      for (int i = 0; i < OTHERS; i++) {
        postbacks.create(Samples.with(Samples.postback("p" + i, "o" + i), request("p" + i)));
      }
      pollers(usual, USUAL_WORKERS);
      pollers(retries, RETRY_WORKERS);
      pollers(slow, SLOW_WORKERS);
      if (callbacks > 0) {
        time.start(() -> push(BULK, callbacks, acceptedPerSecond));
      }
      int pushed = (int) (OTHERS_PER_SECOND * observedFor.toSeconds());
      time.start(() -> push(null, pushed, OTHERS_PER_SECOND));
      time.run();
      others.sort(null);
      int attempts =
          rows
              .list(
                  Samples.AFFILIATE,
                  new DeliveryFilter(null, BULK, Set.of(), null, null),
                  DeliveryLog.Order.OLDEST_FIRST,
                  null,
                  callbacks + 1)
              .items()
              .stream()
              .mapToInt(row -> row.history().count())
              .sum();
      return new Report(deliveredAt, refused, attempts, writes, received, others, sentAt);
    }

    private static RequestTemplate request(String postbackId) {
      return RequestTemplate.get("https://" + postbackId + ".example/?c={ref_id}");
    }

    private void push(@Nullable String postbackId, int count, int perSecond) {
      for (int i = 0; i < count; i++) {
        String id = postbackId == null ? "p" + random.nextInt(OTHERS) : postbackId;
        ConversionEvent event = Samples.event(Samples.conversion(id + "-" + i), time.instant());
        Callback callback = Samples.callback(event, id);
        if (!id.equals(BULK)) {
          accepted.put(callback.deliveryId(), time.instant());
        }
        Postback postback = Objects.requireNonNull(accepting.find(Samples.AFFILIATE, id));
        new LanedQueue(usual, slow)
            .send(List.of(CallbackMessage.first(callback, postback, time.instant())));
        time.pause(Duration.ofNanos(1_000_000_000L / perSecond));
      }
    }

    private boolean isOver() {
      return deliveredAt.size() >= callbacks
          && Duration.between(start, time.instant()).compareTo(observedFor) > 0
          && usual.isEmpty();
    }

    private void pollers(FairQueue queue, int count) {
      for (int i = 0; i < count; i++) {
        int after = Math.max(0, i - FIRST_POLLERS) / FIRST_POLLERS;
        time.start(
            () -> {
              time.pause(Duration.ofSeconds(after));
              poll(queue, sender());
            });
      }
    }

    private Sender sender() {
      PostbackCache cache = new PostbackCache(postbacks, Duration.ofSeconds(5), time);
      return new Sender(
          new SenderStores(new SlowLog(), cache, new InMemoryEventStore()),
          new LimitedTracker(),
          new FollowUp(
              new LanedQueue(retries, slow),
              _ -> {},
              new HealthWatch(health, postbacks, rows, (_, _) -> {})),
          new RetryPolicy(RetrySchedule.parse("1m,5m,15m,1h,4h,12h,24h"), new Random(3)),
          time,
          DeliveryObserver.NONE,
          new Pacing(new SlowPaces(), time::pause, (_, _) -> {}));
    }

    private void poll(FairQueue queue, Sender sender) {
      while (!isOver()) {
        List<CallbackMessage> batch = new ArrayList<>(queue.receive(BATCH));
        if (batch.isEmpty()) {
          time.pause(Duration.ofMillis(50));
          continue;
        }
        if (batch.size() < BATCH) {
          time.pause(WINDOW);
          batch.addAll(queue.receive(BATCH - batch.size()));
        }
        int[] running = {batch.size()};
        for (CallbackMessage message : batch) {
          if (message.callback().postbackId().equals(BULK)) {
            received++;
          }
          time.start(
              () -> {
                sender.handle(message);
                running[0]--;
              });
        }
        while (running[0] > 0) {
          time.pause(Duration.ofMillis(5));
        }
      }
    }

    /** A token bucket with one second's worth of tokens; the other trackers take everything. */
    private final class LimitedTracker implements Transport {
      @Override
      public Answer send(CallbackRequest request, Map<String, String> headers, BodyUse use) {
        String id = Objects.requireNonNull(headers.get("webhook-id"));
        boolean isBulk = id.endsWith("." + BULK);
        if (!isBulk) {
          Instant acceptedAt = Objects.requireNonNull(accepted.remove(id));
          others.add(Duration.between(acceptedAt, time.instant()).toMillis());
        }
        time.pause(Duration.ofMillis(LATENCY_MS / 2));
        boolean isTaken = !isBulk || take();
        time.pause(Duration.ofMillis(LATENCY_MS / 2));
        if (isBulk && isTaken) {
          deliveredAt.add(Duration.between(start, time.instant()));
        }
        return new Answer(
            isTaken
                ? ScriptedTransport.answer(200)
                : ScriptedTransport.answer(429, retryAfter ? "1" : null));
      }

      private boolean take() {
        Instant now = time.instant();
        sentAt.add(now);
        double seconds = Duration.between(filledAt, now).toNanos() / 1e9;
        tokens = Math.min(takenPerSecond, tokens + seconds * takenPerSecond);
        filledAt = now;
        if (tokens < 1) {
          refused++;
          return false;
        }
        tokens--;
        return true;
      }
    }

    private final class SlowLog extends ForwardingLog {
      SlowLog() {
        super(rows);
      }

      @Override
      public @Nullable Delivery find(String affiliateId, String deliveryId) {
        time.pause(STORE);
        return super.find(affiliateId, deliveryId);
      }

      @Override
      public boolean save(Delivery delivery) {
        time.pause(STORE);
        return super.save(delivery);
      }
    }

    private final class SlowPaces implements PaceStore {
      @Override
      public EndpointPace find(PostbackKey key) {
        time.pause(STORE);
        return paces.find(key);
      }

      @Override
      public Replaced replace(PostbackKey key, EndpointPace expected, EndpointPace next) {
        time.pause(STORE);
        writes++;
        return paces.replace(key, expected, next);
      }

      @Override
      public void mark(Postback postback, Instant until) {
        time.pause(STORE);
        paces.mark(postback, until);
      }
    }

    /** Delays in whole seconds; groups of messages are served in turn, as fair queues do. */
    private final class FairQueue implements CallbackQueue {
      private record Delayed(CallbackMessage message, Instant at) {}

      private final PriorityQueue<Delayed> delayed =
          new PriorityQueue<>(Comparator.comparing(Delayed::at));
      private final Map<String, Deque<CallbackMessage>> groups = new LinkedHashMap<>();

      @Override
      public Set<String> send(List<CallbackMessage> messages) {
        for (CallbackMessage message : messages) {
          long ms = Duration.between(time.instant(), message.dueAt()).toMillis();
          long seconds = Math.clamp((ms + 999) / 1_000, 0, 900);
          delayed.add(new Delayed(message, time.instant().plusSeconds(seconds)));
        }
        return Set.of();
      }

      boolean isEmpty() {
        return delayed.isEmpty() && groups.isEmpty();
      }

      List<CallbackMessage> receive(int max) {
        while (!delayed.isEmpty() && !delayed.peek().at().isAfter(time.instant())) {
          CallbackMessage message = delayed.remove().message();
          groups
              .computeIfAbsent(message.callback().postbackId(), _ -> new ArrayDeque<>())
              .add(message);
        }
        List<CallbackMessage> received = new ArrayList<>();
        while (received.size() < max && !groups.isEmpty()) {
          String group = groups.keySet().iterator().next();
          Deque<CallbackMessage> messages = Objects.requireNonNull(groups.remove(group));
          received.add(messages.remove());
          if (!messages.isEmpty()) {
            groups.put(group, messages);
          }
        }
        return received;
      }
    }
  }
}
