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
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

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
    assertEquals(
        new Caller(Role.AFFILIATE, "77", keyId),
        new Authentication(api.keys, null).authenticate(key));

    ApiHarness.Answer list = admin.get("/v1/keys").expect(200);
    assertFalse(list.text().contains(key));
    assertFalse(list.text().contains(stored(keyId).hash()));
    assertEquals("tracker", list.json().at("/items/0/label").asText());
  }

  private ApiKey stored(String keyId) {
    return Objects.requireNonNull(api.keys.find(keyId));
  }

  @Test
  void revokes() {
    JsonNode made = admin.post("/v1/keys", "{\"role\":\"manager\"}").expect(201).json();
    admin.delete("/v1/keys/" + made.get("key_id").asText()).expect(204);
    assertNull(new Authentication(api.keys, null).authenticate(made.get("key").asText()));
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
