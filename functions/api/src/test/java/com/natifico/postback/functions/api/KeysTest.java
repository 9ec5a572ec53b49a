package com.natifico.postback.functions.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.natifico.postback.access.ApiKey;
import com.natifico.postback.access.Authentication;
import com.natifico.postback.access.Caller;
import com.natifico.postback.access.Role;
import com.natifico.postback.testing.Samples;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeysTest {
  private final ApiHarness api = new ApiHarness();
  private final ApiHarness.Caller admin = api.as("admin");

  @Test
  void createsAWorkingKeyAndShowsItOnce() {
    ApiHarness.Answer made =
        admin
            .post("/v1/keys", "{\"role\":\"affiliate\",\"affiliate_id\":77,\"label\":\"tracker\"}")
            .expect(201);
    String key = made.json().get("key").asText();
    String keyId = made.json().get("key_id").asText();
    assertTrue(key.startsWith("npb_affiliate_"));
    assertEquals(new Caller(Role.AFFILIATE, "77", keyId), authentication().authenticate(key));

    ApiHarness.Answer list = admin.get("/v1/keys").expect(200);
    assertFalse(list.text().contains(key));
    assertFalse(list.text().contains(stored(keyId).hash()));
    assertEquals("tracker", list.json().at("/items/0/label").asText());
  }

  @Test
  void showsTheCallersOwnKey() {
    JsonNode made =
        admin
            .post("/v1/keys", "{\"role\":\"affiliate\",\"affiliate_id\":77,\"label\":\"tracker\"}")
            .json();
    String keyId = made.get("key_id").asText();
    assertEquals(
        "{\"role\":\"affiliate\",\"key_id\":\"%s\",\"label\":\"tracker\",\"affiliate_id\":\"77\","
                .formatted(keyId)
            + "\"offer_ids\":[],\"cidrs\":[]}",
        api.affiliate("77", keyId).get("/v1/me").expect(200).text());
  }

  @Test
  void showsAKeyThatIsNotStoredWithoutALabel() {
    JsonNode me = admin.get("/v1/me").expect(200).json();
    assertEquals("admin", me.get("role").asText());
    assertTrue(me.get("label").isNull());
    assertTrue(me.get("affiliate_id").isNull());
  }

  private ApiKey stored(String keyId) {
    return Objects.requireNonNull(api.keys.find(keyId));
  }

  @Test
  void revokes() {
    JsonNode made = admin.post("/v1/keys", "{\"role\":\"manager\"}").expect(201).json();
    admin.delete("/v1/keys/" + made.get("key_id").asText()).expect(204);
    assertNull(authentication().authenticate(made.get("key").asText()));
    admin.delete("/v1/keys/" + made.get("key_id").asText()).expect(404);
  }

  @Test
  void bindsOnlyAffiliateKeys() {
    assertEquals(
        List.of("affiliate_id required"),
        admin.post("/v1/keys", "{\"role\":\"affiliate\"}").expect(422).errors());
    assertEquals(
        List.of("affiliate_id not_applicable"),
        admin.post("/v1/keys", "{\"role\":\"network\",\"affiliate_id\":\"77\"}").errors());
    assertEquals(
        List.of("affiliate_id invalid_id"),
        admin.post("/v1/keys", "{\"role\":\"affiliate\",\"affiliate_id\":\"me\"}").errors());
    assertEquals(
        List.of("role invalid_value"),
        admin.post("/v1/keys", "{\"role\":\"root\"}").expect(422).errors());
  }

  @Test
  void keepsANetworksWordsForStatuses() {
    JsonNode made =
        admin
            .post(
                "/v1/keys",
                "{\"role\":\"network\",\"status_map\":{\"Earned\":\"approved\",\"4\":\"hold\"}}")
            .expect(201)
            .json();

    assertEquals("{\"4\":\"hold\",\"earned\":\"approved\"}", made.get("status_map").toString());
    assertEquals(
        made.get("status_map"), admin.get("/v1/keys").expect(200).json().at("/items/0/status_map"));
    Caller caller = authentication().authenticate(made.get("key").asText());
    assertEquals("4=hold\nearned=approved", Objects.requireNonNull(caller).statusMap().text());
  }

  @Test
  void keepsTheBoundsOfANetworksKeyAndShowsThem() {
    JsonNode made =
        admin
            .post(
                "/v1/keys",
                """
                {"role":"network","offer_ids":["b.2",1042],"cidrs":["203.0.113.0/24","2001:db8::1"],
                 "expires_at":"2027-01-01T02:00:00+02:00"}
                """)
            .expect(201)
            .json();

    JsonNode listed = admin.get("/v1/keys").expect(200).json().at("/items/0");
    for (JsonNode key : List.of(made, listed)) {
      assertEquals("[\"b.2\",\"1042\"]", key.get("offer_ids").toString());
      assertEquals("[\"203.0.113.0/24\",\"2001:db8::1\"]", key.get("cidrs").toString());
      assertEquals("2027-01-01T00:00:00Z", key.get("expires_at").asText());
      assertTrue(key.get("last_used_on").isNull());
    }
    authentication().authenticate(made.get("key").asText());
    assertEquals("2026-11-02", admin.get("/v1/keys").json().at("/items/0/last_used_on").asText());
  }

  private Authentication authentication() {
    return new Authentication(api.keys, null, () -> Samples.NOW, (_, _) -> {});
  }

  @Test
  void narrowsAKeyInUse() {
    JsonNode made =
        admin
            .post(
                "/v1/keys",
                "{\"role\":\"network\",\"label\":\"wide\",\"status_map\":{\"earned\":\"hold\"}}")
            .json();
    String path = "/v1/keys/" + made.get("key_id").asText();

    JsonNode narrowed =
        admin
            .put(path, "{\"label\":\"narrow\",\"offer_ids\":[1042],\"cidrs\":[\"::1\"]}")
            .expect(200)
            .json();

    assertEquals("narrow", narrowed.get("label").asText());
    assertEquals("[\"1042\"]", narrowed.get("offer_ids").toString());
    assertEquals("{}", narrowed.get("status_map").toString());
    assertEquals(narrowed, admin.get("/v1/keys").json().at("/items/0"));
    Caller caller = authentication().authenticate(made.get("key").asText());
    assertEquals(List.of("::1"), Objects.requireNonNull(caller).bounds().cidrs());
    assertEquals(
        List.of("cidrs[0] invalid_cidr", "role unknown_field"),
        admin.put(path, "{\"role\":\"admin\",\"cidrs\":[\"x\"]}").expect(422).errors());
    admin.put("/v1/keys/k1", "{}").expect(404);
  }

  @Test
  void showsTheBoundsToTheKeyItself() {
    JsonNode me = api.network("1042,7", "203.0.113.0/24").get("/v1/me").expect(200).json();

    assertEquals("[\"1042\",\"7\"]", me.get("offer_ids").toString());
    assertEquals("[\"203.0.113.0/24\"]", me.get("cidrs").toString());
  }

  @ParameterizedTest(name = "{1}: {0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "role":"network","offer_ids":["a b",7.5,null] | offer_ids[0] invalid_id, offer_ids[1] invalid_id, offer_ids[2] invalid_id
          "role":"network","offer_ids":"7"              | offer_ids wrong_type
          "role":"network","cidrs":["10.1.0.0/8"]       | cidrs[0] invalid_cidr
          "role":"network","cidrs":["10.0.0.0/33"]      | cidrs[0] invalid_cidr
          "role":"network","cidrs":["tracker.example"]  | cidrs[0] invalid_cidr
          "role":"network","cidrs":["::1/129",7]        | cidrs[0] invalid_cidr, cidrs[1] wrong_type
          "role":"network","expires_at":"tomorrow"      | expires_at invalid_time
          "role":"manager","offer_ids":[],"cidrs":[]    | offer_ids not_applicable, cidrs not_applicable
          """)
  void rejectsInvalidBounds(String members, String errors) {
    assertEquals(
        errors,
        String.join(", ", admin.post("/v1/keys", "{" + members + "}").expect(422).errors()));
  }

  @Test
  void takesAtMost100Bounds() {
    for (int count : List.of(100, 101)) {
      String offers =
          IntStream.range(0, count).mapToObj(Integer::toString).collect(Collectors.joining(","));
      admin
          .post("/v1/keys", "{\"role\":\"network\",\"offer_ids\":[" + offers + "]}")
          .expect(count == 100 ? 201 : 422);
    }
  }

  @ParameterizedTest(name = "{1}: {0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"earned":"won"}                    | invalid_value
          {"earned":null}                     | required
          {"earned":1}                        | invalid_value
          {"Earned":"hold","earned":"hold"}   | contradiction
          {"":"hold"}                         | empty
          {"a\\nb":"hold"}                    | control_character
          ["earned"]                          | wrong_type
          """)
  void rejectsAnInvalidStatusMap(String map, String code) {
    assertEquals(
        List.of("status_map " + code),
        admin
            .post("/v1/keys", "{\"role\":\"network\",\"status_map\":" + map + "}")
            .expect(422)
            .errors());
  }

  @Test
  void rejectsAStatusMapOfMoreThan50WordsOrForAnotherRole() {
    String words =
        IntStream.range(0, 51)
            .mapToObj(i -> "\"w" + i + "\":\"hold\"")
            .collect(Collectors.joining(","));
    assertEquals(
        List.of("status_map too_many"),
        admin.post("/v1/keys", "{\"role\":\"network\",\"status_map\":{" + words + "}}").errors());
    assertEquals(
        List.of("status_map not_applicable"),
        admin.post("/v1/keys", "{\"role\":\"manager\",\"status_map\":{}}").errors());
  }

  @Test
  void listsInPages() {
    for (int i = 0; i < 7; i++) {
      admin.post("/v1/keys", "{\"role\":\"manager\"}").expect(201);
    }
    Set<String> ids = new HashSet<>();
    String cursor = "";
    do {
      JsonNode page =
          admin.get("/v1/keys?limit=3" + (cursor.isEmpty() ? "" : "&cursor=" + cursor)).json();
      page.get("items").forEach(item -> assertTrue(ids.add(item.get("key_id").asText())));
      cursor = page.get("next").asText("");
    } while (!cursor.isEmpty());
    assertEquals(7, ids.size());
  }
}
