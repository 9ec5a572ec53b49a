package com.natifico.postback.benchmarks.cost;

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
import com.natifico.postback.aws.testing.ShiftedClock;
import com.natifico.postback.aws.testing.SqsEngine;
import com.natifico.postback.benchmarks.cost.Counted.Consumed;
import com.natifico.postback.conversion.Conversion;
import com.natifico.postback.delivery.Attempt.Latency;
import com.natifico.postback.delivery.FollowUp;
import com.natifico.postback.delivery.HealthWatch;
import com.natifico.postback.delivery.Outcome;
import com.natifico.postback.delivery.RetrySchedule;
import com.natifico.postback.delivery.Sender;
import com.natifico.postback.delivery.Transport.Exchange;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.PostbackCache;
import com.natifico.postback.testing.Samples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.sqs.model.Message;

/** The real way from push to record on the real engines, with every request counted. */
final class Bench {
  static final String ONE = "one";
  static final String TEN = "ten";

  private static final Duration RETENTION = Duration.ofDays(90);
  private static final Latency LATENCY = new Latency(null, null, null, null, 300);
  private static final Exchange TAKEN =
      new Exchange(Outcome.DELIVERED, 200, LATENCY, "OK", null, null);
  private static final Exchange REFUSED =
      new Exchange(Outcome.HTTP_ERROR, 503, LATENCY, "", "The endpoint answered 503.", null);

  private final DynamoDbEngine dynamoDb = DynamoDbEngine.shared();
  private final ShiftedClock clock = new ShiftedClock();
  private final SqsEngine sqs = new SqsEngine(clock);
  private final RandomGenerator random = new Random(7);
  private final String affiliate = "a" + UUID.randomUUID();
  private final String queueUrl = sqs.createQueue();
  private final String deadLetterUrl = sqs.createQueue();
  private final Acceptance acceptance;
  private final Sender sender;
  private boolean endpointIsWell = true;
  private int pushed;

  Bench() {
    String postbacksTable = dynamoDb.createPostbacksTable();
    DynamoDbPostbackStore postbacks =
        new DynamoDbPostbackStore(dynamoDb.client(), postbacksTable, random);
    PostbackCache cache = new PostbackCache(postbacks, Duration.ofDays(30), clock);
    DynamoDbDeliveryLog log =
        new DynamoDbDeliveryLog(
            dynamoDb.client(), dynamoDb.createDeliveriesTable(), RETENTION, random);
    SqsCallbackQueue queue = new SqsCallbackQueue(sqs.client(), queueUrl, clock, (_, _) -> {});
    acceptance =
        new Acceptance(
            new DynamoDbEventStore(
                dynamoDb.client(), dynamoDb.createEventsTable(), RETENTION, random),
            cache,
            new Healing(log, cache, clock),
            queue,
            Concurrently.onVirtualThreads(),
            clock);
    sender =
        new Sender(
            log,
            queue,
            new FollowUp(
                queue,
                new SqsDeadLetterQueue(sqs.client(), deadLetterUrl),
                new HealthWatch(
                    new DynamoDbPostbackHealth(dynamoDb.client(), postbacksTable, random),
                    postbacks,
                    log,
                    (_, _) -> {})),
            cache,
            (_, _) -> endpointIsWell ? TAKEN : REFUSED,
            RetrySchedule.parse("1m,5m,15m,1h,4h,12h,24h"),
            clock,
            random);
    givenPostbacks(postbacks, ONE, 1);
    givenPostbacks(postbacks, TEN, 10);
    accept(List.of(conversion(ONE), conversion(TEN)));
    deliver();
  }

  private void givenPostbacks(DynamoDbPostbackStore postbacks, String offer, int count) {
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

  private Conversion conversion(String offer) {
    String id = "c-" + ++pushed;
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

  private void accept(List<Conversion> conversions) {
    for (Acceptance.Result result : acceptance.acceptAll(conversions)) {
      if (!(result instanceof Acceptance.Result.Accepted)) {
        throw new IllegalStateException("not accepted: " + result);
      }
    }
  }

  /** Conversions pushed together and delivered at once; per conversion. */
  Counted delivered(int batch, String offer) {
    endpointIsWell = true;
    List<Conversion> conversions =
        IntStream.range(0, batch).mapToObj(_ -> conversion(offer)).toList();
    Bill accepting = Meter.of(() -> accept(conversions));
    Delivered delivered = deliver();
    return new Counted(
        1.0 / batch,
        Consumed.of(accepting, batch),
        Consumed.of(delivered.bill(), batch),
        (double) delivered.messages() / batch);
  }

  /** What one failed attempt and the delivery behind it cost more than a delivery at once. */
  Additional retriedOnce() {
    accept(List.of(conversion(ONE)));
    endpointIsWell = false;
    Delivered failed = deliver();
    clock.advance(Duration.ofMinutes(2));
    endpointIsWell = true;
    Delivered retried = deliver();
    Bill plain = Meter.of(() -> accept(List.of(conversion(ONE))));
    if (plain.calls("PutItem") != 1) {
      throw new IllegalStateException("not warm: " + plain);
    }
    Delivered delivered = deliver();
    return new Additional(
        Consumed.of(failed.bill(), 1)
            .plus(Consumed.of(retried.bill(), 1))
            .plus(Consumed.of(delivered.bill(), 1).times(-1)),
        failed.messages() + retried.messages() - delivered.messages());
  }

  /** What it costs beyond the first delivery attempt to fail through the whole schedule. */
  Additional failedForGood() {
    accept(List.of(conversion(ONE)));
    endpointIsWell = false;
    Consumed consumed = new Consumed(0, 0, 0);
    int messages = 0;
    Delivered delivered = deliver();
    while (delivered.messages() > 0) {
      consumed = consumed.plus(Consumed.of(delivered.bill(), 1));
      messages += delivered.messages();
      clock.advance(Duration.ofMinutes(15).plusSeconds(2));
      delivered = deliver();
    }
    endpointIsWell = true;
    return new Additional(consumed, messages);
  }

  /** Beside a delivery that succeeds at once. */
  record Additional(Consumed consumed, int messages) {}

  private record Delivered(Bill bill, int messages) {}

  private Delivered deliver() {
    List<Message> messages = receiveAll();
    return new Delivered(
        Meter.of(
            () ->
                messages.forEach(
                    message ->
                        sender.handle(
                            CallbackMessageCodec.decode(message.body()), () -> true))),
        messages.size());
  }

  private List<Message> receiveAll() {
    List<Message> all = new ArrayList<>();
    List<Message> some = receive();
    while (!some.isEmpty()) {
      for (Message message : some) {
        sqs.client()
            .deleteMessage(
                delete -> delete.queueUrl(queueUrl).receiptHandle(message.receiptHandle()));
      }
      all.addAll(some);
      some = receive();
    }
    return all;
  }

  private List<Message> receive() {
    return sqs.client()
        .receiveMessage(
            receive -> receive.queueUrl(queueUrl).maxNumberOfMessages(10).visibilityTimeout(3600))
        .messages();
  }
}
