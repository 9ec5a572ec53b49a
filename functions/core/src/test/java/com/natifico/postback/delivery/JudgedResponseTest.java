package com.natifico.postback.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.natifico.postback.postback.Judging;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.PostbackStatus;
import com.natifico.postback.rule.AnswerRule;
import com.natifico.postback.rule.AnswerRules;
import com.natifico.postback.rule.Condition;
import com.natifico.postback.rule.Meaning;
import com.natifico.postback.rule.Ruling;
import com.natifico.postback.testing.Samples;
import com.natifico.postback.testing.World;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What follows from a response that answer rules judge. */
final class JudgedResponseTest {
  private static final Condition NO = Condition.containing("no");

  private final World world = new World();
  private final Callback callback =
      Samples.callback(Samples.event(Samples.conversion("c-1"), Samples.NOW), "p1");

  private void given(AnswerRule... rules) {
    Postback postback = Samples.postback("p1", Samples.OFFER);
    world.postbacks.create(
        new Postback(
            postback.key(),
            postback.settings().withJudging(new Judging(null, new AnswerRules(List.of(rules)))),
            postback.status(),
            postback.revision()));
  }

  private Delivery sent(int status, String body) {
    world.tracker.answers(status, body);
    world.sender.handle(Samples.message(callback));
    return Objects.requireNonNull(world.log.find("77", callback.deliveryId()));
  }

  private Postback stored() {
    return Objects.requireNonNull(world.postbacks.find("77", "p1"));
  }

  private boolean isFailing() {
    return !PostbackStatus.healthy().equals(stored().status());
  }

  @Test
  void aRejectionIsFinalAndCanBeResent() {
    given(new AnswerRule(NO, Ruling.REJECTED, Meaning.BAD_KEY));

    Delivery row = sent(200, "no");

    assertEquals(DeliveryState.FAILED, row.state());
    assertEquals(FailedReason.REJECTED, row.failedReason());
    assertEquals(Outcome.REJECTED, row.attempts().getLast().outcome());
    assertEquals(200, row.attempts().getLast().httpStatus());
    assertEquals(Meaning.BAD_KEY, row.attempts().getLast().result().meaning());
    assertEquals(
        "The endpoint answered 200, and answer rule 1 says that this is a refusal.",
        row.attempts().getLast().result().error());
    assertEquals(1, world.deadLetters.messages().size());
    assertTrue(isFailing());
    assertNull(row.nextAttemptAt());
    assertEquals(DeliveryState.RETRYING, row.resent(Samples.NOW).state());
  }

  @Test
  void anUnknownClickAndADuplicateDoNotCountForThePostback() {
    given(
        new AnswerRule(NO, Ruling.REJECTED, Meaning.UNKNOWN_CLICK),
        new AnswerRule(Condition.ANY, Ruling.REJECTED, Meaning.DUPLICATE));

    assertEquals(FailedReason.REJECTED, sent(200, "no").failedReason());
    assertFalse(isFailing());
  }

  @Test
  void aRetryFollowsTheScheduleOnA404Too() {
    given(new AnswerRule(Condition.ANY.withStatus("404"), Ruling.RETRY, null));

    Delivery row = sent(404, "");

    assertEquals(DeliveryState.RETRYING, row.state());
    assertEquals(Outcome.DEFERRED_BY_RULE, row.attempts().getLast().outcome());
    assertEquals(404, row.attempts().getLast().httpStatus());
    for (int i = 2; i <= 8; i++) {
      world.tracker.answers(404, "");
    }
    world.deliverEverything();
    assertEquals(
        8, Objects.requireNonNull(world.log.find("77", callback.deliveryId())).history().count());
  }

  @Test
  void aRuleCanAcceptAnErrorStatusButNoRedirect() {
    given(
        new AnswerRule(Condition.containing("done").withStatus("4xx"), Ruling.DELIVERED, null),
        new AnswerRule(Condition.ANY.withStatus("302"), Ruling.DELIVERED, Meaning.ACCEPTED));

    Delivery accepted = sent(404, "done");
    assertEquals(DeliveryState.DELIVERED, accepted.state());
    assertNull(accepted.attempts().getLast().result().error());
  }

  @Test
  void noRuleMakesARedirectASuccess() {
    given(new AnswerRule(Condition.ANY.withStatus("3xx"), Ruling.DELIVERED, Meaning.ACCEPTED));

    Delivery row = sent(302, "");

    assertEquals(DeliveryState.FAILED, row.state());
    assertEquals(FailedReason.REDIRECT, row.failedReason());
    assertNull(row.attempts().getLast().result().meaning());
  }

  @Test
  void aRejected410DoesNotPauseThePostback() {
    given(new AnswerRule(Condition.ANY.withStatus("410"), Ruling.REJECTED, Meaning.TOO_OLD));

    assertEquals(FailedReason.REJECTED, sent(410, "").failedReason());
    assertFalse(stored().isPaused());
  }

  @Test
  void a410WithoutARuleIsGone() {
    given();

    assertEquals(FailedReason.GONE, sent(410, "").failedReason());
    assertTrue(stored().isPaused());
  }
}
