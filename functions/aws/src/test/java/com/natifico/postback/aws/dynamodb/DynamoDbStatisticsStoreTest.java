package com.natifico.postback.aws.dynamodb;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.natifico.postback.aws.testing.DynamoDbEngine;
import com.natifico.postback.aws.testing.Meter;
import com.natifico.postback.aws.testing.Meter.Bill;
import com.natifico.postback.statistics.CountedChange;
import com.natifico.postback.statistics.SequenceNumber;
import com.natifico.postback.statistics.ShardChanges;
import com.natifico.postback.statistics.StatisticsStore;
import com.natifico.postback.testing.Samples;
import com.natifico.postback.testing.StatisticsStoreContract;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class DynamoDbStatisticsStoreTest extends StatisticsStoreContract {
  private static final DynamoDbEngine ENGINE = DynamoDbEngine.shared();
  private static final String TABLE = ENGINE.createStatisticsTable();

  private final String affiliate = "a" + UUID.randomUUID();
  private final StatisticsStore store =
      new DynamoDbStatisticsStore(ENGINE.client(), TABLE, Duration.ofDays(90));

  @Override
  protected StatisticsStore store() {
    return store;
  }

  @Test
  void countsAThousandChangesOfARowForOneWriteUnit() {
    ShardChanges changes = changes(1000);

    assertEquals(new Bill(Map.of("UpdateItem", 1), 1, 0), Meter.of(() -> store.add(changes)));
  }

  @Test
  void paysOneWriteUnitForARepeat() {
    store.add(changes(3));

    assertEquals(new Bill(Map.of("UpdateItem", 1), 1, 0), Meter.of(() -> store.add(changes(3))));
  }

  @Test
  void outlivesTheDeliveriesOfItsHour() {
    store.add(changes(1));

    assertEquals(
        List.of(changes(1).key().hour().plus(Duration.ofDays(120)).getEpochSecond()),
        ENGINE
            .client()
            .queryPaginator(
                query ->
                    query
                        .tableName(TABLE)
                        .keyConditionExpression("affiliate_id = :affiliate")
                        .expressionAttributeValues(Map.of(":affiliate", Item.of(affiliate))))
            .items()
            .stream()
            .map(item -> new Item(item).number(Expiry.ATTRIBUTE))
            .toList());
  }

  private ShardChanges changes(int number) {
    List<CountedChange> changes = IntStream.rangeClosed(1, number).mapToObj(this::change).toList();
    return new ShardChanges(
        "shardId-00000001414576573621-f55eea83", changes.getFirst().key(), changes);
  }

  private CountedChange change(int number) {
    return CountedChange.between(
            new SequenceNumber(Integer.toString(number)),
            null,
            Samples.delivered(
                Samples.callback(
                    Samples.event(Samples.conversion(affiliate, "c" + number), Samples.NOW), "p1")))
        .orElseThrow();
  }
}
