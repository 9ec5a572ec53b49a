package com.natifico.postback.functions.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.natifico.postback.contract.problem.ProblemType;
import com.natifico.postback.macro.FilterCatalogue;
import com.natifico.postback.macro.Macros;
import com.natifico.postback.postback.Trackers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/openapi.json",
        "/v1/macros",
        "/v1/trackers",
        "/v1/trackers?kind=notification",
        "/v1/problems/invalid"
      })
  void answers304ToAClientThatHasTheDocument(String document) {
    ApiHarness.Answer first = anyone.get(document).expect(200);
    assertEquals("public, max-age=300", first.header("cache-control"));
    Map<String, String> condition = Map.of("if-none-match", String.valueOf(first.header("etag")));
    assertEquals("", anyone.send("GET", document, null, condition).expect(304).text());
    assertEquals(first.text(), anyone.get(document).expect(200).text());
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
  void explainsAllFiltersBesideTheMacros() {
    JsonNode filters = anyone.get("/v1/macros").expect(200).json().get("filters");
    assertEquals(FilterCatalogue.all().size(), filters.size());
    assertEquals(
        """
        {"name":"scale","syntax":"scale:digits",\
        "description":"Rounds a number half up to this many digits after the decimal point.",\
        "example":"{sum|scale:2}","example_value":"12.5","example_result":"12.50"}""",
        filters
            .valueStream()
            .filter(each -> name(each).equals("scale"))
            .findAny()
            .orElseThrow()
            .toString());
  }

  private static String name(JsonNode entry) {
    return entry.get("name").asText();
  }

  @Test
  void theDocumentedExampleHasAllFiltersAndAMacro() {
    JsonNode answer = anyone.get("/v1/macros").expect(200).json();
    JsonNode example =
        anyone
            .get("/v1/openapi.json")
            .expect(200)
            .json()
            .path("paths")
            .path("/v1/macros")
            .at("/get/responses/200/content/application~1json/example");
    assertEquals(answer.get("filters"), example.get("filters"));
    for (JsonNode macro : example.get("items")) {
      assertTrue(answer.get("items").valueStream().anyMatch(macro::equals), macro.toString());
    }
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
  void listsTheStatusesOfATrackerAndItsSource() {
    JsonNode trackers = anyone.get("/v1/trackers?kind=tracker").expect(200).json().get("items");
    for (JsonNode tracker : trackers) {
      boolean received = tracker.get("template").asText().contains("{status");
      assertEquals(received ? 4 : 1, tracker.get("statuses").size(), tracker.toString());
      assertEquals("approved", tracker.at("/statuses/0").asText());
      assertTrue(tracker.at("/source/page").asText().startsWith("http"));
      assertEquals("GET", tracker.get("method").asText());
    }
  }

  /** The table names every tracker about whose corrections something is known. */
  @Test
  void reportsWhatEachTrackerDoesWithCorrections() {
    Map<String, List<String>> byEffect = new TreeMap<>();
    for (JsonNode tracker : anyone.get("/v1/trackers").expect(200).json().get("items")) {
      JsonNode corrections = tracker.get("corrections");
      String effect = corrections.get("effect").asText();
      byEffect.computeIfAbsent(effect, _ -> new ArrayList<>()).add(tracker.get("id").asText());
      assertFalse(corrections.get("note").asText().isBlank());
      assertEquals(
          effect.equals("undocumented"),
          !corrections.get("source").asText().startsWith("https://"));
    }
    assertEquals(
        Map.of(
            "updates", List.of("keitaro", "peerclick", "cpv-lab", "prosper202", "affise"),
            "adds", List.of("clickmagick"),
            "ignores", List.of("voluum", "anytrack", "tune", "trackdesk"),
            "setting", List.of("binom", "binom-v2", "redtrack", "cake", "everflow"),
            "undocumented",
                List.of("bemob", "funnelflux-pro", "adsbridge", "clickflare", "adsterra")),
        byEffect);
  }

  @Test
  void listsMessengersApart() {
    JsonNode items = anyone.get("/v1/trackers?kind=notification").expect(200).json().get("items");
    assertEquals("telegram", items.at("/0/id").asText());
    assertTrue(items.at("/0/body").isNull());
    assertEquals("POST", items.at("/1/method").asText());
    assertEquals(
        "{\"text\": \"{offer_name}: {status_text}, {sum} {currency} ({conversion_id})\"}",
        items.at("/1/body").asText());
    anyone.get("/v1/trackers?kind=pigeon").expect(422);
  }

  @Test
  void listsAdPlatformsApartWithWhatTheyNeed() {
    JsonNode items = anyone.get("/v1/trackers?kind=ad_platform").expect(200).json().get("items");
    JsonNode tiktok = items.get(1);
    assertEquals("tiktok", tiktok.get("id").asText());
    assertEquals("POST", tiktok.get("method").asText());
    assertEquals("{\"Access-Token\":\"{secret.token}\"}", tiktok.get("headers").toString());
    assertEquals("callbacks", tiktok.at("/secrets/0/needed_for").asText());
    assertEquals("test_event_code", tiktok.at("/secrets/1/name").asText());
    assertTrue(tiktok.at("/platform/max_age_days").isNull());
    JsonNode openai = items.get(5);
    assertEquals(
        """
        {"max_age_days":7,"needs":[{"members":"id","fields":[]},{"members":"type","fields":[]},\
        {"members":"timestamp_ms","fields":[]},\
        {"members":"source_url","fields":["event_source_url"]},\
        {"members":"data.type","fields":[]}],\
        "test_mode":"the member validate_only of the body"}""",
        openai.get("platform").toString());
    for (JsonNode item : anyone.get("/v1/trackers").json().get("items")) {
      assertTrue(item.get("platform").isNull());
      assertEquals("{}", item.get("headers").toString());
      assertEquals("[]", item.get("secrets").toString());
    }
  }

  @Test
  void rejectsUnknownParameters() {
    anyone.get("/v1/macros?q=sum").expect(422);
    anyone.get("/health?probe=1").expect(200);
  }

  @Test
  void explainsEveryProblem() {
    for (ProblemType type : ProblemType.values()) {
      JsonNode answer = anyone.get("/v1/problems/" + type.word()).expect(200).json();
      assertEquals(type.status(), answer.get("status").asInt());
      assertTrue(!answer.get("remedy").asText().isBlank(), type.word());
    }
  }

  @Test
  void aProblemNamesTheRouteThatExplainsIt() {
    JsonNode problem = anyone.get("/v1/problems/unheard-of").expect(404).json();
    anyone.get(problem.get("help").asText()).expect(200);
  }
}
