package com.natifico.postback.endtoend.console;

import com.natifico.postback.aws.dynamodb.DynamoDbDeliveryLog;
import com.natifico.postback.conversion.ConversionStatus;
import com.natifico.postback.conversion.EventId;
import com.natifico.postback.conversion.EventIdentity;
import com.natifico.postback.delivery.Attempt;
import com.natifico.postback.delivery.AttemptHistory;
import com.natifico.postback.delivery.AttemptResult;
import com.natifico.postback.delivery.Callback;
import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.delivery.DeliveryState;
import com.natifico.postback.delivery.DeliveryStatus;
import com.natifico.postback.delivery.Outcome;
import com.natifico.postback.delivery.ReportedEvent;
import com.natifico.postback.postback.CallbackRequest;
import com.natifico.postback.postback.HttpMethod;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * Writes the delivery log of a busy day directly to the table. A few rows are saved as the sender
 * saves them; the others are copies, which is much faster than sending thousands.
 */
final class ManyDeliveries {
  private static final String TABLE = "DeliveriesTable";
  private static final int BATCH = 25;

  /** The affiliate from whose log the rows are copied. */
  private static final String SAMPLE = "sample";

  /** Most deliveries succeed, some late, and a few fail, as on a usual day with one bad hour. */
  private enum Kind {
    QUICK(DeliveryState.DELIVERED, Outcome.DELIVERED, 200, 140),
    LATE(DeliveryState.DELIVERED, Outcome.DELIVERED, 200, 620),
    FAILED(DeliveryState.FAILED, Outcome.HTTP_ERROR, 500, 90),
    TIMED_OUT(DeliveryState.FAILED, Outcome.TIMEOUT, null, 10_000),
    RETRYING(DeliveryState.RETRYING, Outcome.CONNECT, null, 30),
    HELD(DeliveryState.HELD, null, null, 0);

    private final DeliveryState state;
    private final @Nullable Outcome outcome;
    private final @Nullable Integer httpStatus;
    private final int latency;

    Kind(
        DeliveryState state, @Nullable Outcome outcome, @Nullable Integer httpStatus, int latency) {
      this.state = state;
      this.outcome = outcome;
      this.httpStatus = httpStatus;
      this.latency = latency;
    }
  }

  private final ConsoleWorld world;
  private final ConsoleWorld.Affiliate affiliate;
  private final Random random = new Random(11);

  ManyDeliveries(ConsoleWorld world, ConsoleWorld.Affiliate affiliate) {
    this.world = world;
    this.affiliate = affiliate;
  }

  /**
   * Writes this number of deliveries, spread over the time up to now.
   *
   * @param postbacks the postbacks of the deliveries, in turn
   */
  void write(int count, Duration over, List<String> postbacks) {
    Instant now = Instant.now();
    try (DynamoDbClient client =
        DynamoDbClient.builder()
            .endpointOverride(world.stack().dynamoEndpoint())
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
            .build()) {
      Map<Kind, Map<String, AttributeValue>> samples = new HashMap<>();
      for (Kind kind : Kind.values()) {
        samples.put(
            kind, sample(client, kind, now.minus(over).minusSeconds(60), postbacks.getFirst()));
      }
      List<WriteRequest> rows = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        double share = 1 - (double) i / count;
        Instant at = now.minusMillis((long) (over.toMillis() * share) + random.nextInt(1_000));
        String postback = postbacks.get(i % postbacks.size());
        rows.add(row(samples.get(kindAt(share)), at, i, postback));
      }
      IntStream.iterate(0, from -> from < rows.size(), from -> from + BATCH)
          .forEach(
              from -> {
                List<WriteRequest> batch = rows.subList(from, Math.min(from + BATCH, rows.size()));
                client.batchWriteItem(write -> write.requestItems(Map.of(TABLE, batch)));
              });
    }
  }

  private Kind kindAt(double share) {
    int dice = random.nextInt(100);
    boolean badHour = share > 0.52 && share < 0.6;
    if (badHour && dice < 45) {
      return dice < 30 ? Kind.TIMED_OUT : Kind.FAILED;
    }
    if (share < 0.03 && dice < 12) {
      return Kind.RETRYING;
    }
    return dice < 82 ? Kind.QUICK : dice < 97 ? Kind.LATE : dice < 99 ? Kind.FAILED : Kind.HELD;
  }

  private Map<String, AttributeValue> sample(
      DynamoDbClient client, Kind kind, Instant at, String postback) {
    String conversion = "sample-" + kind;
    EventId event =
        EventId.of(at, new EventIdentity("77", conversion, "1", ConversionStatus.APPROVED));
    Callback callback =
        new Callback(
            event.deliveryId(postback),
            postback,
            new ReportedEvent(SAMPLE, "1042", conversion, ConversionStatus.APPROVED, false),
            new CallbackRequest(
                HttpMethod.GET,
                "https://trk.example.com/postback?cid=w8J3kUG5&payout=12.50&txid=" + conversion,
                null,
                null));
    Outcome outcome = kind.outcome;
    boolean answered = kind.httpStatus != null;
    List<Attempt> attempts =
        outcome == null
            ? List.of()
            : List.of(
                new Attempt(
                    1,
                    at,
                    new AttemptResult(
                        outcome,
                        kind.httpStatus,
                        new Attempt.Latency(
                            2, 11, 24, answered ? kind.latency : null, kind.latency),
                        answered ? "OK" : null,
                        outcome == Outcome.DELIVERED ? null : "The tracker did not take it.")));
    new DynamoDbDeliveryLog(client, TABLE, Duration.ofDays(90), random)
        .save(
            new Delivery(
                callback,
                DeliveryStatus.stored(
                    kind.state,
                    kind.state == DeliveryState.RETRYING ? Instant.now().plusSeconds(900) : null,
                    null,
                    null,
                    null),
                AttemptHistory.of(attempts, 0),
                null,
                1));
    return client
        .getItem(
            get ->
                get.tableName(TABLE)
                    .key(
                        Map.of(
                            "affiliate_id", AttributeValue.fromS(SAMPLE),
                            "delivery_id", AttributeValue.fromS(callback.deliveryId()))))
        .item();
  }

  /** A copy of the sample with another time, conversion and latency. */
  private WriteRequest row(
      @Nullable Map<String, AttributeValue> sample, Instant at, int number, String postback) {
    String conversion = "c-" + (10_000 + number);
    EventId event =
        EventId.of(at, new EventIdentity("77", conversion, "1", ConversionStatus.APPROVED));
    Map<String, AttributeValue> item = new HashMap<>(sample == null ? Map.of() : sample);
    item.put("affiliate_id", AttributeValue.fromS(affiliate.id()));
    item.put("delivery_id", AttributeValue.fromS(event.deliveryId(postback)));
    item.put("postback_id", AttributeValue.fromS(postback));
    item.put("c", AttributeValue.fromS(conversion));
    AttributeValue attempts = item.get("a");
    if (attempts != null && attempts.hasL() && !attempts.l().isEmpty()) {
      Map<String, AttributeValue> attempt = new HashMap<>(attempts.l().getFirst().m());
      List<AttributeValue> latency =
          new ArrayList<>(attempt.getOrDefault("l", AttributeValue.fromL(List.of())).l());
      int ms = Integer.parseInt(latency.getFirst().n());
      latency.set(0, AttributeValue.fromN(String.valueOf(ms / 2 + random.nextInt(ms + 1))));
      attempt.put("l", AttributeValue.fromL(latency));
      item.put("a", AttributeValue.fromL(List.of(AttributeValue.fromM(attempt))));
    }
    return WriteRequest.builder().putRequest(put -> put.item(item)).build();
  }
}
