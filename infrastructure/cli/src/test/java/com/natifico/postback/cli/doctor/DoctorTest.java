package com.natifico.postback.cli.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.natifico.postback.cli.api.AffiliateApi;
import com.natifico.postback.cli.api.ApiConnection;
import com.natifico.postback.cli.api.ApiJson;
import com.natifico.postback.cli.api.ScriptedApi;
import com.natifico.postback.cli.doctor.Diagnosis.EventCase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DoctorTest {
  private static JsonNode json(String text) throws Exception {
    return ApiJson.MAPPER.readTree(text);
  }

  private static EventCase explained(String callbacks, String skipped, String... deliveries)
      throws Exception {
    Map<String, JsonNode> stored = new HashMap<>();
    for (String delivery : deliveries) {
      JsonNode json = json(delivery);
      stored.put(json.path("delivery_id").asText(), json);
    }
    return new Doctor.Explanation(
            json(
                """
                {"event_id":"e1","conversion_id":"c-1","offer_id":"1042","status":"approved",
                 "goal":"1","ref_id":"w8J","sum":"12.50","currency":"USD",
                 "created_at":"2026-11-02T14:03:09.250Z","callbacks":%s,"skipped":%s}
                """
                    .formatted(callbacks, skipped)),
            stored,
            Map.of(
                "p1", json("{\"label\":\"Voluum\",\"url\":\"https://v.example/{ref_id}\"}"),
                "p2", json("{\"label\":null,\"url\":\"https://keitaro.example:81/?x={ref_id}\"}")))
        .explained();
  }

  private static String callback(String state) {
    return "[{\"delivery_id\":\"e1.p1\",\"postback_id\":\"p1\",\"state\":\"" + state + "\"}]";
  }

  private static String delivery(String state, String attempt, String more) {
    return """
        {"delivery_id":"e1.p1","postback_id":"p1","state":"%s","next_attempt_at":null,
         "attempts":[{"number":3,"at":"2026-11-02T14:05:00Z","http_status":null,"meaning":null,
                      "response_snippet":null,"outcome":"timeout"%s}]%s}
        """
        .formatted(state, attempt, more);
  }

  @Test
  void explainsWhatWasRefused() throws Exception {
    EventCase event =
        explained(
            callback("failed"),
            "[{\"postback_id\":\"p2\",\"reason\":\"goal_filtered\"}]",
            delivery(
                "failed",
                ",\"outcome\":\"http_error\",\"http_status\":404,\"response_snippet\":\"no\\u001b[2J\"",
                ""));
    String text = new Diagnosis("c-1", List.of("Found."), List.of(event)).text();
    assertEquals(
        """
        Found.

        Conversion c-1, approved, goal 1
          It was sent, but your tracker did not accept it.
          Pushed by the network: 2026-11-02T14:03:09.250Z · Offer 1042 · 12.50 USD · click w8J
          Matching postbacks: Voluum (p1)
          Sent: Voluum (p1): 3 attempts, 2026-11-02T14:05:00Z
          The tracker’s answer: HTTP 404: no\ufffd[2J
          What to do next: The tracker does not know this address: check the path in your URL. Then resend it.
          Not sent: keitaro.example:81 (p2): It does not fire for the goal “1”. Add the goal to the postback, or clear its goals to be notified of all.
          Delivery: e1.p1 failed
        """,
        text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "delivered  | DELIVERED  | Nothing. If your tracker does not show it",
        "pending    | WAITING    | Nothing: the first attempt is about to be made.",
        "retrying   | WAITING    | Nothing now. Next attempt: 2026-11-02T15:00:00Z.",
        "held       | HELD       | Resume the postback, then resend what was held.",
        "superseded | SUPERSEDED | Nothing. Resend it only if",
        "failed     | FAILED     | There was no complete answer within 10 seconds. Then resend it."
      })
  void saysWhatToDoByTheState(String state, DoctorVerdict verdict, String next) throws Exception {
    String delivery =
        state.equals("retrying")
            ? delivery(state, "", "")
                .replace("\"next_attempt_at\":null", "\"next_attempt_at\":\"2026-11-02T15:00:00Z\"")
            : delivery(state, "", "");
    EventCase event = explained(callback(state), "[]", delivery);
    assertEquals(verdict, event.verdict());
    assertTrue(event.advice().next().startsWith(next), event.advice().next());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"outcome\":\"rejected\",\"meaning\":\"unknown_click\" | The tracker does not know the click id.",
        "\"outcome\":\"rejected\"                              | The tracker understood the callback",
        "\"outcome\":\"dns\"                                   | The host's name could not be resolved.",
        "\"outcome\":\"http_error\",\"http_status\":503        | The tracker has a problem of its own.",
        "\"outcome\":\"http_error\",\"http_status\":401        | The tracker refuses it: check the key"
      })
  void explainsTheLastAnswer(String attempt, String next) throws Exception {
    EventCase event = explained(callback("failed"), "[]", delivery("failed", "," + attempt, ""));
    assertTrue(event.advice().next().startsWith(next), event.advice().next());
    assertTrue(event.advice().next().endsWith(" Then resend it."), event.advice().next());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "null       | no_postback     | NO_POSTBACK | Save a postback",
        "\"p2\"     | status_filtered | SKIPPED     | Add the status",
        "\"p2\"     | same_as         | SKIPPED     | Add a postback, or change one"
      })
  void explainsThatNothingWasSent(
      String postback, String reason, DoctorVerdict verdict, String next) throws Exception {
    EventCase event =
        explained("[]", "[{\"postback_id\":" + postback + ",\"reason\":\"" + reason + "\"}]");
    assertEquals(verdict, event.verdict());
    assertEquals("None", event.matched());
    assertTrue(event.advice().next().startsWith(next), event.advice().next());
  }

  @Test
  void searchesForAClickUntilItIsFound() throws Exception {
    try (ScriptedApi server = new ScriptedApi()) {
      server.answers(200, "{\"role\":\"affiliate\",\"affiliate_id\":\"77\"}");
      server.answers(404, "{\"type\":\"t\",\"detail\":\"d\"}");
      server.answers(
          200, "{\"items\":[],\"next\":\"c1\",\"searched_until\":\"2026-11-01T00:00:00Z\"}");
      server.answers(200, "{\"items\":[],\"next\":null,\"searched_until\":null}");
      List<String> progress = new ArrayList<>();
      AffiliateApi api = AffiliateApi.of(ApiConnection.to(server.url(), "key", time -> {}), null);
      Diagnosis diagnosis = new Doctor(api, 20, progress::add).diagnose("click-9");
      assertEquals(List.of("2026-11-01T00:00:00Z"), progress);
      assertEquals("Nothing has the id “click-9”.", diagnosis.found().getFirst());
      assertEquals(false, diagnosis.isWell());
      assertEquals(4, server.requests().size());
    }
  }
}
