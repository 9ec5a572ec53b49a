package com.natifico.postback.endtoend;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.natifico.postback.endtoend.Api.Answer;
import com.natifico.postback.push.PushLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What was refused of pushes is found, for the network and for account managers. */
@OnEveryEngine("PostbackCacheSeconds=0 AuthorizerCacheSeconds=30 SenderBatchWindowSeconds=0")
final class PushLogTest {
  private static final String BAD =
      "{\"conversion_id\":\"c-1\",\"affiliate_id\":\"77\",\"offer_id\":\"1042\",\"sum\":\"12,50\"}";

  private static final int CLIENTS = 4;

  private final Api api;
  private final String key;
  private final String keyId;

  PushLogTest(Running running) {
    api = running.api();
    Answer made = api.post("local-admin", "/v1/keys", "{\"role\":\"network\",\"label\":\"Acme\"}");
    assertEquals(201, made.status(), made.json().toString());
    key = made.json().path("key").asText();
    keyId = made.json().path("key_id").asText();
  }

  private JsonNode list(String as, String more) {
    Answer answer = api.get(as, "/v1/pushes?outcome=refused" + more);
    assertEquals(200, answer.status(), answer.json().toString());
    return answer.json();
  }

  private JsonNode own() {
    return list(key, "&limit=200");
  }

  private static List<String> contents(JsonNode list) {
    return list.path("items").valueStream().map(item -> item.path("content").asText()).toList();
  }

  @Test
  void listsEveryKindOfPushWithItsProblemAndWithoutTheKey() {
    Answer single = api.post(key, "/v1/conversions", BAD);
    Answer form =
        api.postForm(key, "/v1/conversions", "conversion_id=c-1&sum=12%2C50&%73ecure=" + key);
    Answer byUrl = api.get("", "/v1/conversions/postback?conversion_id=c-1&secure=" + key);
    Answer batch =
        api.post(
            key,
            "/v1/conversions/batch",
            "{\"conversions\":["
                + BAD.replace("\"sum\":\"12,50\"", "\"status\":\"approved\"")
                + ","
                + BAD.replace("c-1", "c-2")
                + "]}");
    List<Integer> statuses = List.of(single.status(), form.status(), byUrl.status());
    assertEquals(List.of(422, 422, 422), statuses);
    assertEquals(202, batch.json().at("/results/0/status").asInt(), batch.json().toString());

    JsonNode items = own().path("items");

    assertEquals(
        List.of(
            BAD.replace("c-1", "c-2"),
            "conversion_id=c-1&secure=[key]",
            "conversion_id=c-1&sum=12%2C50&%73ecure=[key]",
            BAD),
        contents(own()));
    ObjectNode ofItem = batch.json().at("/results/1").deepCopy();
    ofItem.remove("index");
    assertEquals(
        List.of(ofItem, byUrl.json(), form.json(), single.json()),
        items.valueStream().map(item -> item.path("problem")).toList());
    assertEquals(
        List.of(
            "POST /v1/conversions/batch",
            "GET /v1/conversions/postback",
            "POST /v1/conversions",
            "POST /v1/conversions"),
        items.valueStream().map(item -> item.path("route").asText()).toList());
    for (JsonNode item : items) {
      assertEquals(keyId, item.path("key_id").asText());
      assertEquals("Acme", item.path("key_label").asText());
      assertEquals(422, item.path("status").asInt());
      assertFalse(item.toString().contains(key), item.toString());
    }
  }

  @Test
  void aNetworkSeesItsOwnPushesAndAManagerThoseOfAll() {
    api.post(key, "/v1/conversions", BAD);
    String others = BAD.replace("c-1", keyId);
    api.post("local-network", "/v1/conversions", others);

    assertEquals(List.of(BAD), contents(own()));
    assertEquals(List.of(BAD), contents(list("local-manager", "&key_id=" + keyId)));
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> {
              List<String> all = contents(list("local-manager", "&limit=200"));
              assertTrue(all.contains(BAD) && all.contains(others), all.toString());
            });
    assertEquals(403, api.get("local-affiliate-77", "/v1/pushes").status());
    assertEquals(404, api.get("local-network", "/v1/pushes?key_id=" + keyId).status());
  }

  @Test
  void recordsWhatTheBoundsOfAKeyExclude() {
    Answer made =
        api.post(
            "local-admin", "/v1/keys", "{\"role\":\"network\",\"cidrs\":[\"203.0.113.0/24\"]}");
    String distant = made.json().path("key").asText();
    assertEquals(403, api.post(distant, "/v1/conversions", BAD).status());
    assertEquals(
        "urn:natifico:postback:problem:address_not_allowed",
        list(distant, "").at("/items/0/problem/type").asText());
  }

  /** Several instances at the same time, single pushes and batches. */
  @Test
  void keepsABoundedNumberOfAFloodAndCountsTheOthers() {
    String items =
        IntStream.range(0, 40)
            .mapToObj(i -> "{\"sum\":" + i + "}")
            .collect(Collectors.joining(","));
    List<Callable<Integer>> flood = new ArrayList<>(Collections.nCopies(160, this::refused));
    flood.add(
        () -> {
          String batch = "{\"conversions\":[" + items + "]}";
          return api.post(key, "/v1/conversions/batch", batch).json().path("results").size();
        });
    AtomicInteger pushed = new AtomicInteger(atOnce(flood));
    assertEquals(200, pushed.get());

    // Each instance writes its count with one of the refused pushes that follow.
    await()
        .atMost(Duration.ofSeconds(180))
        .pollInterval(Duration.ofSeconds(10))
        .until(
            () -> {
              pushed.addAndGet(atOnce(Collections.nCopies(CLIENTS, this::refused)));
              return own().path("items").size() + own().path("not_kept").asInt() == pushed.get();
            });

    Map<String, Long> byMinute =
        own()
            .path("items")
            .valueStream()
            .collect(
                Collectors.groupingBy(
                    item -> item.path("at").asText().substring(0, 16), Collectors.counting()));
    assertTrue(
        byMinute.values().stream().allMatch(kept -> kept <= PushLog.KEPT_PER_MINUTE),
        byMinute::toString);
    assertTrue(own().path("not_kept").asInt() >= 140, own().path("not_kept").toString());
  }

  private int refused() {
    return api.post(key, "/v1/conversions", BAD).status() == 422 ? 1 : 0;
  }

  /** The sum of what the pushes return. */
  private static int atOnce(List<Callable<Integer>> pushes) {
    try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
      int sum = 0;
      for (Future<Integer> push : clients.invokeAll(pushes)) {
        sum += push.get();
      }
      return sum;
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
  }
}
