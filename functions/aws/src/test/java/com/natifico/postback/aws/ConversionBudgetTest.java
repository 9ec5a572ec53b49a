package com.natifico.postback.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.natifico.postback.acceptance.Acceptance;
import com.natifico.postback.acceptance.Concurrently;
import com.natifico.postback.acceptance.Healing;
import com.natifico.postback.aws.dynamodb.DynamoDbDeliveryLog;
import com.natifico.postback.aws.dynamodb.DynamoDbEventStore;
import com.natifico.postback.aws.dynamodb.DynamoDbPostbackHealth;
import com.natifico.postback.aws.dynamodb.DynamoDbPostbackStore;
import com.natifico.postback.aws.json.CallbackMessageCodec;
import com.natifico.postback.aws.sqs.SqsCallbackQueue;
import com.natifico.postback.aws.sqs.SqsDeadLetterQueue;
import com.natifico.postback.aws.testing.DynamoDbEngine;
import com.natifico.postback.aws.testing.Meter;
import com.natifico.postback.aws.testing.Meter.Bill;
import com.natifico.postback.aws.testing.SqsEngine;
import com.natifico.postback.conversion.Conversion;
import com.natifico.postback.delivery.FollowUp;
import com.natifico.postback.delivery.HealthWatch;
import com.natifico.postback.delivery.RetrySchedule;
import com.natifico.postback.delivery.Sender;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.PostbackCache;
import com.natifico.postback.testing.Samples;
import com.natifico.postback.testing.ScriptedTransport;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * What a conversion costs from push to recorded delivery, warm, as DynamoDB and SQS are asked: the
 * budget of design, section 7. The receives and deletes of the queue are the event source mapping's
 * and not counted here.
 */
final class ConversionBudgetTest {
  private static final DynamoDbEngine DYNAMO_DB = DynamoDbEngine.shared();
  private static final SqsEngine SQS = SqsEngine.shared();
  private static final String POSTBACKS = DYNAMO_DB.createPostbacksTable();
  private static final String EVENTS = DYNAMO_DB.createEventsTable();
  private static final String DELIVERIES = DYNAMO_DB.createDeliveriesTable();
  private static final Duration RETENTION = Duration.ofDays(90);

  private final InstantSource clock = InstantSource.system();
  private final RandomGenerator random = new Random(7);
  private final String affiliate = "a" + UUID.randomUUID();
  private final String queueUrl = SQS.createQueue();
  private final DynamoDbPostbackStore postbacks =
      new DynamoDbPostbackStore(DYNAMO_DB.client(), POSTBACKS, random);
  private final PostbackCache cache = new PostbackCache(postbacks, Duration.ofHours(1), clock);
  private final DynamoDbDeliveryLog log =
      new DynamoDbDeliveryLog(DYNAMO_DB.client(), DELIVERIES, RETENTION, random);
  private final SqsCallbackQueue queue =
      new SqsCallbackQueue(SQS.client(), queueUrl, clock, (_, _) -> {});
  private final Acceptance acceptance =
      new Acceptance(
          new DynamoDbEventStore(DYNAMO_DB.client(), EVENTS, RETENTION, random),
          cache,
          new Healing(log, cache, clock),
          queue,
          Concurrently.onVirtualThreads(),
          clock);
  private final Sender sender =
      new Sender(
          log,
          queue,
          new FollowUp(
              queue,
              new SqsDeadLetterQueue(SQS.client(), queueUrl),
              new HealthWatch(
                  new DynamoDbPostbackHealth(DYNAMO_DB.client(), POSTBACKS, random),
                  postbacks,
                  log,
                  (_, _) -> {})),
          cache,
          new ScriptedTransport(),
          RetrySchedule.parse("1m"),
          clock,
          random);

  /** Everything that is kept between conversions is there: postbacks are cached. */
  @BeforeEach
  void warm() {
    givenPostbacks(Samples.OFFER, 1);
    givenPostbacks("ten", 10);
    push(conversion("warm-1", Samples.OFFER));
    push(conversion("warm-2", "ten"));
    deliver();
  }

  private void givenPostbacks(String offer, int count) {
    for (int i = 0; i < count; i++) {
      Postback usual = Samples.postback(affiliate, "pb_1m6e94cj" + offer + i, offer);
      postbacks.create(
          new Postback(
              usual.postbackId(),
              affiliate,
              offer,
              usual.url() + "&n=" + i,
              usual.method(),
              null,
              null,
              usual.statuses(),
              usual.goals(),
              false,
              null,
              usual.state(),
              null,
              usual.createdAt(),
              usual.updatedAt(),
              1,
              List.of()));
    }
  }

  private Conversion conversion(String id, String offer) {
    Conversion usual = Samples.conversion(affiliate, id);
    return new Conversion(
        id,
        affiliate,
        offer,
        usual.status(),
        usual.goal(),
        usual.occurredAt(),
        usual.clickAt(),
        usual.fields());
  }

  private void push(Conversion conversion) {
    acceptance.accept(conversion);
  }

  /** What the sender does with everything that is on the queue. */
  private Bill deliver() {
    List<Message> messages = receiveAll();
    return Meter.of(
        () ->
            messages.forEach(
                message -> sender.handle(CallbackMessageCodec.decode(message.body()))));
  }

  private List<Message> receiveAll() {
    return java.util.stream.Stream.generate(
            () ->
                SQS.client()
                    .receiveMessage(
                        receive ->
                            receive
                                .queueUrl(queueUrl)
                                .maxNumberOfMessages(10)
                                .visibilityTimeout(3600))
                    .messages())
        .takeWhile(messages -> !messages.isEmpty())
        .flatMap(List::stream)
        .toList();
  }

  private static void assertBill(Bill expected, Bill accept, Bill send) {
    Map<String, Integer> calls = new java.util.TreeMap<>(accept.calls());
    send.calls().forEach((operation, count) -> calls.merge(operation, count, Integer::sum));
    assertEquals(
        expected,
        new Bill(
            calls, accept.writeUnits() + send.writeUnits(), accept.readUnits() + send.readUnits()));
  }

  @Test
  void oneCallbackCostsTwoWriteUnitsOneReadUnitAndOneSend() {
    Bill accept = Meter.of(() -> push(conversion("c-1", Samples.OFFER)));
    Bill send = deliver();

    assertBill(
        new Bill(Map.of("PutItem", 2, "GetItem", 1, "SendMessageBatch", 1), 2, 1), accept, send);
  }

  @Test
  void tenCallbacksCostOneSend() {
    Bill accept = Meter.of(() -> push(conversion("c-1", "ten")));
    Bill send = deliver();

    assertBill(
        new Bill(Map.of("PutItem", 11, "GetItem", 10, "SendMessageBatch", 1), 11, 10),
        accept,
        send);
  }

  @Test
  void aBatchOfAHundredCostsTenSends() {
    List<Conversion> hundred =
        IntStream.range(0, 100).mapToObj(i -> conversion("c-" + i, Samples.OFFER)).toList();

    Bill accept = Meter.of(() -> acceptance.acceptAll(hundred));
    Bill send = deliver();

    assertBill(
        new Bill(Map.of("PutItem", 200, "GetItem", 100, "SendMessageBatch", 10), 200, 100),
        accept,
        send);
  }

  @Test
  void aDuplicateOfADeliveredOneCostsOneWriteUnitAndOneRead() {
    push(conversion("c-1", Samples.OFFER));
    deliver();

    Bill duplicate = Meter.of(() -> push(conversion("c-1", Samples.OFFER)));

    assertEquals(new Bill(Map.of("PutItem", 1, "BatchGetItem", 1), 1, 1), duplicate);
  }
}
