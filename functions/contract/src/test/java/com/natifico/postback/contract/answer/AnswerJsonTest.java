package com.natifico.postback.contract.answer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.natifico.postback.contract.problem.Problem;
import com.natifico.postback.postback.Circuit;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.PostbackStatus;
import com.natifico.postback.testing.Samples;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whole documents, so that a member that is added, lost or renamed is seen here. */
final class AnswerJsonTest {
  private static void assertJson(String expected, Record answer) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    assertEquals(
        mapper.readTree(expected).toPrettyString(),
        mapper.readTree(AnswerJson.write(answer)).toPrettyString());
  }

  @Test
  void writesADelivery() throws IOException {
    assertJson(
        """
        {"delivery_id": "1m6e94cj2-xpqn7ebmrqmc7q61-xptbnem4.p1", "affiliate_id": "77",
         "offer_id": "1042", "postback_id": "p1", "conversion_id": "c1",
         "event_id": "1m6e94cj2-xpqn7ebmrqmc7q61-xptbnem4", "conversion_status": "approved",
         "goal": "install", "ref_id": "w8J3kUG5s0dKQ2m7Zx1v", "sum": "12.50", "currency": "USD",
         "revision": 1,
         "test": false, "state": "delivered", "method": "GET", "url": "%s", "body": null,
         "headers": {},
         "attempts": [
           {"number": 1, "at": "2026-11-02T14:03:10.250Z", "outcome": "delivered",
            "http_status": 200, "latency_ms": 97,
            "latency": {"dns_ms": 4, "connect_ms": 18, "tls_ms": 31, "first_byte_ms": 96,
                        "total_ms": 97},
            "response_snippet": "OK", "error": null, "note": null,
            "meaning": null}],
         "next_attempt_at": null, "created_at": "2026-11-02T14:03:09.250Z",
         "failed_reason": null, "superseded_by": null}
        """
            .formatted(Samples.URL),
        DeliveryAnswer.of(Samples.delivered(Samples.callback("c1", "p1"))));
  }

  @Test
  void writesAPostback() throws IOException {
    assertJson(
        """
        {"postback_id": "p1", "affiliate_id": "77", "offer_id": null,
         "url": "https://track.example.com/postback?cid={ref_id}&payout={sum}&txid={conversion_id}",
         "method": "GET", "body": null, "content_type": null, "headers": {},
         "secrets": [], "statuses": ["approved"], "goals": [], "revisions": "ignore", "also_global": false, "label": null, "state": "active",
         "paused_reason": null, "signed": false, "signature": "hmac", "stale": "drop", "max_per_second": null,
         "endpoint": {"state": "closed", "since": null, "until": null, "paced_until": null}, "created_at": "2026-11-02T14:03:09.250Z",
         "updated_at": "2026-11-02T14:03:09.250Z", "version": 1, "tracker": null,
         "answer_rules": null, "effective_answer_rules": [], "warnings": []}
        """,
        PostbackAnswer.of(Samples.postback("p1", null), Samples.NOW));
  }

  @Test
  void writesHowAnEndpointResponds() throws IOException {
    Circuit.Open open = Circuit.Open.at(Samples.NOW);
    assertJson(
        """
        {"state": "slow", "since": "2026-11-02T14:03:09.250Z", "until": null, "paced_until": null}
        """,
        endpoint(new Circuit.Slow(Samples.NOW), Samples.NOW));
    assertJson(
        """
        {"state": "open", "since": "2026-11-02T14:03:09.250Z",
         "until": "2026-11-02T14:03:19.250Z", "paced_until": null}
        """,
        endpoint(open, Samples.NOW));
    assertJson(
        """
        {"state": "half_open", "since": "2026-11-02T14:03:09.250Z", "until": null, "paced_until": null}
        """,
        endpoint(open, open.until()));
  }

  @Test
  void writesThePaceOfAPostback() throws IOException {
    Instant until = Samples.NOW.plusSeconds(600);
    Postback usual = Samples.postback("p1", null);
    Postback paced = usual.withHealth(PostbackStatus.healthy().withPacedUntil(until));

    assertJson(
        """
        {"state": "closed", "since": null, "until": null, "paced_until": "2026-11-02T14:13:09.250Z"}
        """,
        PostbackAnswer.of(paced, Samples.NOW).status().endpoint());
    assertNull(PostbackAnswer.of(paced, until).status().endpoint().pacedUntil());
  }

  private static PostbackAnswer.EndpointAnswer endpoint(Circuit circuit, Instant now) {
    Postback postback =
        Samples.postback("p1", null).withHealth(new PostbackStatus.Active(null, circuit));
    return PostbackAnswer.of(postback, now).status().endpoint();
  }

  @Test
  void leavesOutWhatAnAnswerHasOnlySometimes() throws IOException {
    assertJson(
        """
        {"postback_id": "p1", "reason": "goal_filtered"}
        """,
        new SkippedAnswer("p1", "goal_filtered", null, null, null));
    assertJson(
        """
        {"code": "no_ref_id", "message": "m"}
        """,
        new WarningAnswer("no_ref_id", "m", null, null));
  }

  @Test
  void writesTheEndOfAListAsNull() throws IOException {
    assertJson("{\"items\": [], \"next\": null}", PageAnswer.whole(List.of()));
  }

  @Test
  void replacesALoneSurrogate() {
    assertEquals(
        "{\"status\":\"x?y\uD83D\uDE00\"}",
        AnswerJson.write(new HealthAnswer("x\ud800y\uD83D\uDE00")));
    Problem problem = Problem.malformed("\ud800").problem();
    assertEquals(
        "{\"type\":\"urn:natifico:postback:problem:malformed\","
            + "\"title\":\"The request cannot be read\",\"status\":400,\"detail\":\"?\","
            + "\"help\":\"/v1/problems/malformed\",\"errors\":[]}",
        ProblemJson.write(problem));
  }
}
