package com.natifico.postback.functions.sender;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.BugDetectors;
import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.natifico.postback.delivery.AttemptResult;
import com.natifico.postback.delivery.Outcome;
import com.natifico.postback.delivery.Transport;
import com.natifico.postback.delivery.Transport.Exchange;
import com.natifico.postback.egress.EgressGuard;
import com.natifico.postback.functions.sender.http.AttemptTime;
import com.natifico.postback.functions.sender.http.Budgets;
import com.natifico.postback.functions.sender.http.CertificateCheck;
import com.natifico.postback.functions.sender.http.HttpTransport;
import com.natifico.postback.functions.sender.http.NameResolver;
import com.natifico.postback.fuzzing.Lines;
import com.natifico.postback.postback.CallbackRequest;
import com.natifico.postback.postback.HttpMethod;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Each input is the answer of a tracker ({@link OddAnswer}). Its status line alone decides the
 * outcome, the tracker gets the callback once, and the answer does not affect that to the next
 * callback.
 */
final class AnswerHostileInputTest {
  /** A body without an end is given up soon; everything else happens at once. */
  private static final Budgets BUDGETS =
      new Budgets(
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Duration.ofMillis(30),
          Duration.ofMillis(30),
          16 * 1024,
          1024);

  private static final HttpTransport TRANSPORT =
      new HttpTransport(
          new EgressGuard(List.of("127.0.0.1/32"), Set.of(80, 443)),
          NameResolver.system(),
          CertificateCheck.trusting(null),
          BUDGETS,
          AttemptTime.system());

  private static final OddAnswers TRACKER = new OddAnswers(answer(""));

  private static OddAnswer answer(String input) {
    return OddAnswer.of(Lines.of(input.getBytes(StandardCharsets.UTF_8)));
  }

  @FuzzTest(maxDuration = "2m")
  @DictionaryEntries({
    "KEEPS_OPEN",
    "BREAKS_OFF_IN_THE_HEAD",
    "AFTER_HINTS",
    "AFTER_CONTINUE",
    "LENGTH",
    "ANOTHER_LENGTH",
    "CHUNKED",
    "TOO_LARGE",
    "TOO_MANY",
    "FOLDED",
    "CONTROL_CHARACTERS",
    "HTTP/1.1 200 OK",
    "HTTP/1.1 500 Oops",
    "ffffffffffffffff",
    "Content-Length: ",
    "Transfer-Encoding: ",
    "Connection: "
  })
  void decidesByTheStatusLine(byte[] input) {
    BugDetectors.allowNetworkConnections(
        (host, _) -> Set.of("127.0.0.1", "localhost").contains(host));
    OddAnswer answer = OddAnswer.of(Lines.of(input));
    TRACKER.answerWith(answer);

    Exchange exchange = get("/odd");

    AttemptResult result = exchange.result();
    assertEquals(answer.outcome(), exchange.outcome(), result::toString);
    if (answer.isHttp()) {
      assertEquals(answer.status(), exchange.httpStatus());
    }
    // An idle connection that is closed before the first byte of an answer is the one exception.
    int most = answer.text().isEmpty() ? 2 : 1;
    assertTrue(TRACKER.oddRequests() <= most, () -> TRACKER.oddRequests() + " times: " + result);
    String snippet = result.responseSnippet();
    assertTrue(
        snippet == null || snippet.getBytes(StandardCharsets.UTF_8).length <= BUDGETS.keptBytes());

    Exchange next = get("/next");
    assertEquals(Outcome.DELIVERED, next.outcome(), next::toString);
    assertEquals(OddAnswers.USUAL_BODY, next.result().responseSnippet());
  }

  private static Exchange get(String path) {
    return TRANSPORT
        .send(
            new CallbackRequest(HttpMethod.GET, TRACKER.url(path), null, null),
            Map.of("User-Agent", "Natifico-Postback/1"),
            Transport.BodyUse.LOG)
        .exchange();
  }
}
