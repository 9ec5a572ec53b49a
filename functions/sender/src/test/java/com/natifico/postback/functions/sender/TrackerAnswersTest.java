package com.natifico.postback.functions.sender;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.natifico.postback.delivery.Attempt;
import com.natifico.postback.delivery.Callback;
import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.delivery.RetrySchedule;
import com.natifico.postback.egress.EgressGuard;
import com.natifico.postback.functions.sender.http.HttpTransport;
import com.natifico.postback.postback.CallbackRequest;
import com.natifico.postback.postback.HttpMethod;
import com.natifico.postback.postback.Judging;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.rule.Meaning;
import com.natifico.postback.testing.Samples;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The documented answers of the catalogue's trackers, over a real connection. */
final class TrackerAnswersTest {
  private final HttpTransport transport =
      new HttpTransport(EgressGuard.of(Map.of("EGRESS_ALLOW", "127.0.0.0/8")));
  private final Outside outside = new Outside(transport, RetrySchedule.parse("1m"));
  private Receiver receiver;

  @BeforeEach
  void open() throws Exception {
    outside.postbacks.delete("77", "p1", null);
    receiver = new Receiver();
  }

  @AfterEach
  void close() {
    receiver.close();
    transport.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "tune; 200; `success=true;`; delivered; accepted",
        "tune; 200; `success=false; err_msg=Invalid Trans. ID #1027c887059b47b.;`; rejected;"
            + " unknown_click",
        "tune; 200; `success=false; err_msg=Duplicate conversion;`; rejected; duplicate",
        "tune; 200; `success=false; err_msg=Anything else;`; rejected; other",
        "tune; 503; `success=false`; http_error;",
        "tiktok; 200; `{\"code\":0,\"message\":\"OK\",\"data\":{}}`; delivered; accepted",
        "tiktok; 200; `{\"code\":40105,\"message\":\"Access token is incorrect\"}`; rejected;"
            + " bad_key",
        "tiktok; 200; `{\"message\":\"No permission\",\"code\":40001}`; rejected; bad_key",
        "tiktok; 200; `{\"code\":40002,\"message\":\"event is missing\"}`; rejected; other",
        "tiktok; 200; `{\"code\":40100,\"message\":\"Too many requests\"}`; deferred_by_rule;",
        "tiktok; 200; `{\"code\":50000,\"message\":\"System error\"}`; deferred_by_rule;",
        "meta; 200; `{\"events_received\":1,\"messages\":[]}`; delivered; accepted",
        "meta; 400; `{\"error\":{\"code\":190,\"message\":\"Invalid token\"}}`; rejected; bad_key",
        "meta; 400; `{\"error\":{\"code\":100,\"error_subcode\":2804003}}`; rejected; too_old",
        "meta; 400; `{\"error\":{\"code\":100,\"error_subcode\":33}}`; rejected; invalid",
        "meta; 400; `{\"error\":{\"code\":4}}`; deferred_by_rule;",
        "meta; 400; `{\"error\":{\"code\":999}}`; http_error;",
        "snap; 200; `{\"status\":\"VALID\",\"reason\":\"processed\"}`; delivered; accepted",
        "snap; 401; `{\"reason\":\"Invalid access token\"}`; rejected; bad_key",
        "openai; 200; `{}`; delivered;",
        "openai; 401; `{\"error\":{\"message\":\"insufficient permissions\"}}`; rejected; bad_key",
        "openai; 400; `{\"error\":{\"message\":\"Missing required field\"}}`; rejected; invalid",
        "cake; 200; `{\"request_status\":\"Success\",\"conversion_id\":4456789}`; delivered;"
            + " accepted",
        "cake; 200; `{\"request_status\":\"Error\"}`; rejected; other",
        "prosper202; 202; `{\"error\":false,\"code\":202,\"msg\":\"Postback successful\"}`;"
            + " delivered; accepted",
        "prosper202; 404; `{\"error\":true,\"code\":404,\"msg\":\"SubID not found\"}`; rejected;"
            + " unknown_click",
        "prosper202; 404; `Not Found`; http_error;",
        "affise; 200; `{\"status\":1}`; delivered; accepted",
        "affise; 200; `{\"status\":2,\"error\":\"Broken clickid\"}`; rejected; other",
        "keitaro; 200; `anything`; delivered;",
        "voluum; 200; `anything`; delivered;",
        "binom; 200; `anything`; delivered;",
        "redtrack; 200; `anything`; delivered;",
      })
  void isUnderstood(
      String tracker, int status, String answer, String outcome, @Nullable String meaning) {
    receiver.answers(status, answer);
    Postback postback = Samples.postback("p1", Samples.OFFER);
    outside.postbacks.create(
        new Postback(
            postback.key(),
            postback.settings().withJudging(new Judging(tracker, null)),
            postback.status(),
            postback.revision()));
    Callback callback =
        Samples.callback("c-1", "p1")
            .withRequest(new CallbackRequest(HttpMethod.GET, receiver.url("/p"), null, null));

    outside.sender.handle(Samples.message(callback));

    Delivery row = outside.log.find("77", callback.deliveryId());
    assertNotNull(row);
    Attempt attempt = row.attempts().getLast();
    Meaning said = attempt.result().meaning();
    assertEquals(outcome, attempt.outcome().word());
    assertEquals(meaning, said == null ? null : said.word());
    assertEquals(status, attempt.httpStatus());
    String state =
        switch (outcome) {
          case "delivered" -> "delivered";
          case "rejected" -> "failed";
          default -> "retrying";
        };
    assertEquals(state, row.state().word());
    assertEquals(1, receiver.requests().size());
  }
}
