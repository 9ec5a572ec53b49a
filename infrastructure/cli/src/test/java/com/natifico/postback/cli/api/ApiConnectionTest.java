package com.natifico.postback.cli.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.natifico.postback.cli.api.ScriptedApi.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ApiConnectionTest {
  private final ScriptedApi server = new ScriptedApi();
  private final List<Duration> waited = new ArrayList<>();
  private final ApiConnection api = ApiConnection.to(server.url() + "/", " key\n", waited::add);

  ApiConnectionTest() throws Exception {}

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void waitsAsLongAs429Says() throws Exception {
    server.answers(new Answer(429, Map.of("Retry-After", "7"), "{}"));
    server.answers(429, "{\"message\":\"Too Many Requests\"}");
    server.answers(200, "{\"role\":\"admin\"}");
    assertEquals("admin", api.get("/v1/me", Map.of()).path("role").asText());
    assertEquals(List.of(Duration.ofSeconds(7), Duration.ofSeconds(1)), waited);
  }

  @Test
  void doesNotWaitLongerThanTwoMinutes() {
    server.answers(new Answer(429, Map.of("Retry-After", "3600"), "{}"));
    assertThrows(ApiRefusal.class, () -> api.get("/v1/me", Map.of()));
    assertEquals(List.of(), waited);
  }

  @Test
  void reportsEveryFieldOfAProblem() {
    server.answers(
        422,
        """
        {"type":"urn:natifico:postback:problem:invalid","title":"Some fields are invalid",
         "status":422,"detail":"There is no macro {refid}.","help":"/v1/problems/invalid",
         "errors":[{"field":"url","code":"unknown_macro","message":"There is no macro {refid}.",
                    "suggestion":"ref_id"}]}
        """);
    ApiRefusal refusal =
        assertThrows(ApiRefusal.class, () -> api.post("/v1/keys", ApiJson.object()));
    assertEquals(
        """
        Some fields are invalid (422): There is no macro {refid}.
          url: There is no macro {refid}. Suggestion: ref_id
          explained by GET /v1/problems/invalid\
        """,
        String.valueOf(refusal.getMessage()).replace(System.lineSeparator(), "\n"));
  }

  @Test
  void explainsAKeyThatTheGatewayRefuses() {
    server.answers(403, "{\"message\":\"Forbidden\"}");
    ApiRefusal refusal = assertThrows(ApiRefusal.class, () -> api.get("/v1/me", Map.of()));
    assertTrue(String.valueOf(refusal.getMessage()).startsWith("The key is not accepted (403)."));
    assertFalse(refusal.isProblem());
  }

  @Test
  void doesNotFollowARedirectWithTheKey() {
    server.answers(new Answer(302, Map.of("Location", server.url() + "/other"), ""));
    assertThrows(ApiRefusal.class, () -> api.get("/v1/me", Map.of()));
    assertEquals(1, server.requests().size());
  }

  @Test
  void reportsThatThereIsNoAnswer() {
    server.close();
    assertThrows(ApiUnreachable.class, () -> api.get("/v1/me", Map.of()));
  }

  @Test
  void followsPagesUpToTheLimit() throws Exception {
    server.answers(200, "{\"items\":[1,2],\"next\":\"c 1\"}");
    server.answers(200, "{\"items\":[],\"next\":\"c2\"}");
    server.answers(200, "{\"items\":[3],\"next\":\"c3\"}");
    List<Integer> items = new ArrayList<>();
    boolean hasMore =
        api.list("/v1/x", Map.of("state", ""), 3, 9, item -> items.add(item.asInt()), page -> {});
    assertTrue(hasMore);
    assertEquals(List.of(1, 2, 3), items);
    assertEquals(3, server.requests().size());
    assertEquals("GET /v1/x?limit=3", server.requests().getFirst());
    assertTrue(server.requests().get(1).contains("cursor=c%201"), server.requests().toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "api.example.com",
        "ftp://api.example.com",
        "http://api.example.com",
        "http://localhost.example.com",
        "http://10.0.0.1",
        "https://user@api.example.com",
        "https://api.example.com?x",
        "https://api example"
      })
  void refusesAUrlThatIsNotAnApiOrWouldShowTheKey(String url) {
    assertThrows(UsageProblem.class, () -> ApiConnection.to(url, "key", waited::add));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://api.example.com/",
        "http://localhost:8080",
        "http://[::1]:1",
        "http://127.9.9.9"
      })
  void takesTlsOrThisMachine(String url) {
    assertEquals(
        url.replaceFirst("/$", ""), ApiConnection.to(url, "key", waited::add).url().toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "two keys", "a\u0000b"})
  void refusesWhatIsNotAKeyWithoutShowingIt(String key) {
    UsageProblem problem =
        assertThrows(
            UsageProblem.class, () -> ApiConnection.to("http://localhost", key, waited::add));
    assertEquals("The key is empty, or has characters that no key has.", problem.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", ".."})
  void refusesAnIdThatWouldBeAnotherPath(String id) {
    assertThrows(UsageProblem.class, () -> ApiConnection.segment(id));
    assertEquals("a%2Fb%20c%3F", ApiConnection.segment("a/b c?"));
  }
}
