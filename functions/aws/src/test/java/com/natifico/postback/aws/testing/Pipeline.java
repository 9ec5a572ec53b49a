package com.natifico.postback.aws.testing;

import com.natifico.postback.acceptance.Acceptance;
import com.natifico.postback.acceptance.Concurrently;
import com.natifico.postback.acceptance.Healing;
import com.natifico.postback.aws.dynamodb.DynamoDbDeliveryLog;
import com.natifico.postback.aws.dynamodb.DynamoDbEventStore;
import com.natifico.postback.aws.dynamodb.DynamoDbPaceStore;
import com.natifico.postback.aws.dynamodb.DynamoDbPostbackHealth;
import com.natifico.postback.aws.dynamodb.DynamoDbPostbackStore;
import com.natifico.postback.aws.dynamodb.DynamoDbWakeUps;
import com.natifico.postback.aws.sqs.CallbackMessageCodec;
import com.natifico.postback.aws.sqs.GroupedCallbackQueue;
import com.natifico.postback.aws.sqs.SqsCallbackQueue;
import com.natifico.postback.aws.sqs.SqsDeadLetterQueue;
import com.natifico.postback.aws.testing.Meter.Bill;
import com.natifico.postback.conversion.Conversion;
import com.natifico.postback.conversion.EventIdentity;
import com.natifico.postback.delivery.CallbackMessage;
import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.delivery.DeliveryFilter;
import com.natifico.postback.delivery.DeliveryLog;
import com.natifico.postback.delivery.DeliveryObserver;
import com.natifico.postback.delivery.FollowUp;
import com.natifico.postback.delivery.HealthWatch;
import com.natifico.postback.delivery.Pacing;
import com.natifico.postback.delivery.RetryPolicy;
import com.natifico.postback.delivery.RetrySchedule;
import com.natifico.postback.delivery.Sender;
import com.natifico.postback.delivery.SenderStores;
import com.natifico.postback.delivery.Timer;
import com.natifico.postback.delivery.Transport;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.PostbackCache;
import com.natifico.postback.postback.RequestTemplate;
import com.natifico.postback.testing.Samples;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * The complete path from push to record on the real engines, so that {@link Meter} can count every
 * request. The event source mapping receives and deletes the queue's messages; this is not counted.
 */
public final class Pipeline {
  private static final Duration RETENTION = Duration.ofDays(90);
  private static final int VISIBILITY_SECONDS = 3600;

  /** Retries of attempts that failed together are due together, as in a minute with many. */
  private static final RandomGenerator MEAN_JITTER = () -> Long.MIN_VALUE;

  private static final Duration MAX_DELAY = Duration.ofMinutes(15);
  private static final Duration GROUPED_FOR = Duration.ofMillis(100);

  private final SqsTestEngine sqs;
  private final RandomGenerator random = new Random(7);
  private final String queueUrl;
  private final DynamoDbPostbackStore postbacks;
  private final Acceptance acceptance;
  private final Sender sender;
  private final DynamoDbDeliveryLog log;
  private final DynamoDbWakeUps wakeUps;
  private final Timer timer;
  private final InstantSource clock;

  /**
   * The engine delivers a message without its delay if the clock has been advanced, because it
   * stores the message with the time of the system.
   */
  private final List<Delayed> delayed = new ArrayList<>();

  private record Delayed(CallbackMessage message, Instant visibleAt) {}

  /**
   * Creates its own tables and queues.
   *
   * @param cached how long postbacks are cached
   * @param clock also the queue's clock
   */
  public Pipeline(
      SqsTestEngine sqs,
      Duration cached,
      Transport tracker,
      RetrySchedule schedule,
      InstantSource clock) {
    this.sqs = sqs;
    DynamoDbEngine dynamoDb = DynamoDbEngine.shared();
    String postbacksTable = dynamoDb.createPostbacksTable();
    postbacks = new DynamoDbPostbackStore(dynamoDb.client(), postbacksTable, random);
    queueUrl = sqs.createQueue();
    PostbackCache cache = new PostbackCache(postbacks, cached, clock);
    String deliveriesTable = dynamoDb.createDeliveriesTable();
    log = new DynamoDbDeliveryLog(dynamoDb.client(), deliveriesTable, RETENTION, random);
    wakeUps = new DynamoDbWakeUps(dynamoDb.client(), deliveriesTable, random);
    SqsCallbackQueue queue = new SqsCallbackQueue(sqs.client(), queueUrl, clock, (_, _) -> {});
    DynamoDbEventStore events =
        new DynamoDbEventStore(dynamoDb.client(), dynamoDb.createEventsTable(), RETENTION, random);
    timer = new Timer(wakeUps, queue, clock);
    this.clock = clock;
    acceptance =
        new Acceptance(
            events,
            cache,
            new Healing(log, cache, events, clock),
            queue,
            Concurrently.onVirtualThreads(),
            clock);
    sender =
        new Sender(
            new SenderStores(log, cache, events),
            tracker,
            new FollowUp(
                new GroupedCallbackQueue(queue, GROUPED_FOR),
                new SqsDeadLetterQueue(sqs.client(), sqs.createQueue(), GROUPED_FOR),
                new HealthWatch(
                    new DynamoDbPostbackHealth(dynamoDb.client(), postbacksTable, random),
                    postbacks,
                    log,
                    (_, _) -> {})),
            new RetryPolicy(schedule, MEAN_JITTER),
            clock,
            DeliveryObserver.NONE,
            new Pacing(
                new DynamoDbPaceStore(dynamoDb.client(), postbacksTable, random),
                _ -> {},
                (_, _) -> {}));
  }

  /** Creates this number of distinct postbacks for an affiliate's offer. */
  public void givenPostbacks(String affiliateId, String offerId, int count) {
    for (int i = 0; i < count; i++) {
      Postback usual = Samples.postback(affiliateId, "pb_1m6e94cj" + offerId + i, offerId);
      postbacks.create(
          Samples.with(usual, RequestTemplate.get(usual.settings().request().url() + "&n=" + i)));
    }
  }

  /** A conversion with twenty fields. */
  public static Conversion conversion(String affiliateId, String offerId, String conversionId) {
    Conversion usual = Samples.conversion(affiliateId, conversionId);
    return new Conversion(
        new EventIdentity(affiliateId, conversionId, usual.goal(), usual.status()),
        offerId,
        usual.occurredAt(),
        usual.clickAt(),
        usual.fields());
  }

  /** Pushes these conversions together and returns the consumption. */
  public Bill push(Conversion... conversions) {
    List<Conversion> together = List.of(conversions);
    return Meter.of(
        () -> {
          for (Acceptance.Result result : acceptance.acceptAll(together)) {
            if (!(result instanceof Acceptance.Result.Accepted)) {
              throw new IllegalStateException("not accepted: " + result);
            }
          }
        });
  }

  /** Pushes this number of conversions of one offer together, {@code <prefix>-0} and so on. */
  public Bill push(String affiliateId, String offerId, String prefix, int count) {
    return push(
        IntStream.range(0, count)
            .mapToObj(i -> conversion(affiliateId, offerId, prefix + "-" + i))
            .toArray(Conversion[]::new));
  }

  /** What the sender did with all messages on the queue. */
  public record Delivered(Bill bill, int messages) {}

  /** Processes the messages that are visible now. */
  public Delivered deliver() {
    Instant now = clock.instant();
    receiveAll().stream()
        .map(message -> CallbackMessageCodec.decode(message.body()))
        .forEach(message -> delayed.add(new Delayed(message, visibleAt(message, now))));
    List<CallbackMessage> messages =
        delayed.stream()
            .filter(each -> !each.visibleAt().isAfter(now))
            .map(Delayed::message)
            .toList();
    delayed.removeIf(each -> !each.visibleAt().isAfter(now));
    Bill bill =
        Meter.of(
            () -> {
              try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                messages.forEach(message -> threads.execute(() -> sender.handle(message)));
              }
            });
    return new Delivered(bill, messages.size());
  }

  /** As SQS does it. */
  private static Instant visibleAt(CallbackMessage message, Instant now) {
    Instant latest = now.plus(MAX_DELAY);
    return message.dueAt().isBefore(latest) ? message.dueAt() : latest;
  }

  /** Whether messages wait in the queue. */
  public boolean hasDelayed() {
    return !delayed.isEmpty();
  }

  /** When the timer next finds a row of this affiliate; null if none waits. */
  public @Nullable Instant nextWakeUp(String affiliateId) {
    Instant done = Objects.requireNonNullElse(wakeUps.completedUntil(), Instant.EPOCH);
    return log
        .list(affiliateId, DeliveryFilter.ALL, DeliveryLog.Order.NEWEST_FIRST, null, 1000)
        .items()
        .stream()
        .map(Delivery::wakeAt)
        .filter(Objects::nonNull)
        .flatMap(
            wakeAt ->
                Stream.concat(Stream.of(Duration.ofSeconds(-75)), Timer.AGES.stream())
                    .map(wakeAt::plus))
        .filter(time -> time.isAfter(done))
        .min(Instant::compareTo)
        .orElse(null);
  }

  /** Runs the timer as if it had run every minute before. */
  public Bill wake() {
    Instant lately = clock.instant().minusSeconds(59);
    Instant done = wakeUps.completedUntil();
    if (done == null || done.isBefore(lately)) {
      wakeUps.complete(lately);
    }
    return Meter.of(() -> timer.run(() -> true));
  }

  private List<Message> receiveAll() {
    return Stream.generate(this::receive)
        .takeWhile(messages -> !messages.isEmpty())
        .flatMap(List::stream)
        .toList();
  }

  private List<Message> receive() {
    List<Message> messages =
        sqs.client()
            .receiveMessage(
                receive ->
                    receive
                        .queueUrl(queueUrl)
                        .maxNumberOfMessages(10)
                        .visibilityTimeout(VISIBILITY_SECONDS))
            .messages();
    for (Message message : messages) {
      sqs.client()
          .deleteMessage(
              delete -> delete.queueUrl(queueUrl).receiptHandle(message.receiptHandle()));
    }
    return messages;
  }
}
