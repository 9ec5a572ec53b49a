package com.natifico.postback.functions.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.natifico.postback.macro.Macros;
import com.natifico.postback.postback.Trackers;
import org.junit.jupiter.api.Test;

class InformationTest {
  private final ApiHarness api = new ApiHarness();
  private final ApiHarness.Caller anyone = api.anyone();

  @Test
  void isPublic() {
    assertEquals("ok", anyone.get("/health").expect(200).json().get("status").asText());
    assertTrue(anyone.get("/").expect(200).text().contains("/v1/openapi.json"));
    assertEquals(
        "3.1.0", anyone.get("/v1/openapi.json").expect(200).json().get("openapi").asText());
  }

  @Test
  void listsAllMacros() {
    JsonNode macros = anyone.get("/v1/macros").expect(200).json();
    assertEquals(Macros.all().size(), macros.get("items").size());
    assertEquals("ref_id", macros.at("/items/0/name").asText());
    assertEquals("clickid", macros.at("/items/0/aliases/0").asText());
    assertTrue(macros.get("next").isNull());
  }

  @Test
  void listsBothTemplatesOfEveryTracker() {
    JsonNode trackers = anyone.get("/v1/trackers").expect(200).json();
    assertEquals(Trackers.all().size(), trackers.get("items").size());
    for (JsonNode tracker : trackers.get("items")) {
      assertTrue(tracker.get("template").asText().contains("{ref_id}"));
      assertTrue(!tracker.get("link_half").asText().isBlank());
    }
  }

  @Test
  void rejectsUnknownParameters() {
    anyone.get("/v1/macros?q=sum").expect(422);
    anyone.get("/health?probe=1").expect(200);
  }
}
