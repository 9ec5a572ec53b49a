package com.natifico.postback.aws.dynamodb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.natifico.postback.access.ApiKey;
import com.natifico.postback.access.Role;
import com.natifico.postback.aws.testing.DynamoDbEngine;
import com.natifico.postback.conversion.ConversionEvent;
import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.delivery.DeliveryState;
import com.natifico.postback.delivery.Outcome;
import com.natifico.postback.postback.PausedReason;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.SigningSecret;
import com.natifico.postback.testing.Samples;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The recorded items of each release: this release reads them, and writes nothing that the previous
 * release cannot read. While functions are being replaced, and after a rollback, both releases use
 * the same tables.
 */
class ReleasedItemsTest {
  private static final DynamoDbEngine ENGINE = DynamoDbEngine.shared();
  private static final Duration RETENTION = Duration.ofDays(90);

  private static final Delivery DELIVERY =
      Samples.delivery(
          Samples.withoutValues(Samples.callback("c-81f2", "p1")),
          DeliveryState.RETRYING,
          List.of(Samples.attempt(1, Outcome.HTTP_ERROR), Samples.attempt(2, Outcome.TIMEOUT)));
  private static final ConversionEvent EVENT = Samples.event("c-81f2");
  private static final Postback POSTBACK =
      Samples.postback("p1", "1042").paused(PausedReason.GONE, Samples.NOW);
  private static final ApiKey KEY =
      new ApiKey("k1", "0a".repeat(32), Role.AFFILIATE, "77", "panel", Samples.NOW);

  private final String deliveries = ENGINE.createDeliveriesTable();
  private final String events = ENGINE.createEventsTable();
  private final String postbacks = ENGINE.createPostbacksTable();
  private final String keys = ENGINE.createKeysTable();

  private final DynamoDbDeliveryLog log =
      new DynamoDbDeliveryLog(ENGINE.client(), deliveries, RETENTION, new Random(1));
  private final DynamoDbEventStore eventStore =
      new DynamoDbEventStore(ENGINE.client(), events, RETENTION, new Random(1));
  private final DynamoDbPostbackStore postbackStore =
      new DynamoDbPostbackStore(ENGINE.client(), postbacks, new Random(1));
  private final DynamoDbKeyStore keyStore = new DynamoDbKeyStore(ENGINE.client(), keys);

  private static Map<String, AttributeValue> recorded(String kind) {
    String name = "released/1.0/" + kind + ".json";
    try (InputStream in =
        Objects.requireNonNull(ReleasedItemsTest.class.getResourceAsStream(name))) {
      return attributes(new ObjectMapper().readTree(in));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** DynamoDB's own JSON, as {@code aws dynamodb get-item} prints it. */
  private static Map<String, AttributeValue> attributes(JsonNode json) {
    Map<String, AttributeValue> attributes = new HashMap<>();
    json.properties().forEach(each -> attributes.put(each.getKey(), value(each.getValue())));
    return attributes;
  }

  private static AttributeValue value(JsonNode json) {
    Map.Entry<String, JsonNode> typed = json.properties().iterator().next();
    JsonNode value = typed.getValue();
    return switch (typed.getKey()) {
      case "S" -> AttributeValue.fromS(value.asText());
      case "N" -> AttributeValue.fromN(value.asText());
      case "BOOL" -> AttributeValue.fromBool(value.asBoolean());
      case "NULL" -> AttributeValue.fromNul(true);
      case "M" -> AttributeValue.fromM(attributes(value));
      case "L" -> AttributeValue.fromL(value.valueStream().map(ReleasedItemsTest::value).toList());
      case "SS" -> AttributeValue.fromSs(value.valueStream().map(JsonNode::asText).toList());
      default -> throw new IllegalArgumentException(json.toString());
    };
  }

  private static String table(ReleasedItemsTest test, String kind) {
    return switch (kind) {
      case "delivery" -> test.deliveries;
      case "event" -> test.events;
      case "postback" -> test.postbacks;
      case "key" -> test.keys;
      default -> throw new IllegalArgumentException(kind);
    };
  }

  private void put(String kind, Map<String, AttributeValue> item) {
    ENGINE.client().putItem(put -> put.tableName(table(this, kind)).item(item));
  }

  private void readsRecordedItems() {
    assertEquals(DELIVERY, log.find("77", DELIVERY.id()));
    assertEquals(EVENT, eventStore.find("77", EVENT.id()));
    assertEquals(POSTBACK, postbackStore.find("77", "p1"));
    assertEquals(List.of(POSTBACK), postbackStore.forOffer("77", "1042"));
    assertEquals(KEY, keyStore.find("k1"));
  }

  @Test
  void readsTheItemsOfRelease10() {
    List.of("delivery", "event", "postback", "key").forEach(kind -> put(kind, recorded(kind)));
    readsRecordedItems();
  }

  /** Release 1.0 stored signing secrets with their postback; this release signs with them. */
  @Test
  void readsTheSigningSecretsOfRelease10() {
    Map<String, AttributeValue> item = recorded("postback");
    item.put(
        "secrets",
        AttributeValue.fromL(
            List.of(
                AttributeValue.fromM(Map.of("value", AttributeValue.fromS("whsec_bmV3"))),
                AttributeValue.fromM(
                    Map.of(
                        "value", AttributeValue.fromS("whsec_b2xk"),
                        "until", AttributeValue.fromN("1793750400"))))));
    put("postback", item);

    assertEquals(
        List.of(
            new SigningSecret.Inline("whsec_bmV3", null),
            new SigningSecret.Inline("whsec_b2xk", Instant.ofEpochSecond(1_793_750_400))),
        Objects.requireNonNull(postbackStore.find("77", "p1")).settings().signingSecrets());
  }

  /** The situation after a rollback. */
  @Test
  void ignoresWhatALaterReleaseAdds() {
    for (String kind : List.of("delivery", "event", "postback", "key")) {
      Map<String, AttributeValue> item = recorded(kind);
      item.put("later", AttributeValue.fromM(Map.of("v", AttributeValue.fromN("2"))));
      item.put("later_list", AttributeValue.fromL(List.of(AttributeValue.fromBool(true))));
      item.put("later_null", AttributeValue.fromNul(true));
      put(kind, item);
    }
    readsRecordedItems();
  }

  @ParameterizedTest
  @ValueSource(strings = {"delivery", "event", "postback", "key"})
  void writesOnlyWhatRelease10Reads(String kind) {
    switch (kind) {
      case "delivery" -> assertTrue(log.save(DELIVERY));
      case "event" -> eventStore.claim(EVENT);
      case "postback" -> postbackStore.create(POSTBACK);
      case "key" -> keyStore.save(KEY);
      default -> throw new IllegalArgumentException(kind);
    }
    Map<String, AttributeValue> item =
        ENGINE.client().scan(scan -> scan.tableName(table(this, kind))).items().stream()
            .filter(each -> !isRegister(each))
            .findFirst()
            .orElseThrow();
    Set<String> shape = shape(item);
    // Release 1.0 ignores it: only an index has a use for it.
    shape.remove("trouble:S");
    assertEquals(shape(recorded(kind)), shape);
  }

  /** Whether the item holds the ids of a scope's postbacks or the number of an affiliate's. */
  private static boolean isRegister(Map<String, AttributeValue> item) {
    return item.containsKey("sk") && item.get("sk").s().matches("[nc]#.*");
  }

  /** The names and types of attributes, including nested ones. */
  private static Set<String> shape(Map<String, AttributeValue> item) {
    Set<String> shape = new TreeSet<>();
    item.forEach(
        (name, value) -> {
          shape.add(name + ":" + value.type());
          if (value.hasM()) {
            shape(value.m()).forEach(inner -> shape.add(name + "." + inner));
          }
          if (value.hasL()) {
            value.l().stream()
                .filter(AttributeValue::hasM)
                .forEach(each -> shape(each.m()).forEach(inner -> shape.add(name + "[]." + inner)));
          }
        });
    return shape;
  }
}
