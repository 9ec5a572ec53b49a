package com.natifico.postback.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.natifico.postback.idempotency.Claim;
import com.natifico.postback.idempotency.FirstAnswers;
import com.natifico.postback.idempotency.KeptAnswer;
import com.natifico.postback.idempotency.NamedRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** The contract of every {@link FirstAnswers}. */
public abstract class FirstAnswersContract {
  private static final KeptAnswer ANSWER =
      new KeptAnswer(201, Map.of("etag", "\"1\"", "location", "/v1/x"), "{\"a\":\"\\u0000 б\"}");

  private final SettableClock clock = new SettableClock(Instant.parse("2026-11-02T14:03:09.25Z"));
  private final FirstAnswers answers = answers(clock);
  private final String owner = "a" + UUID.randomUUID();
  private final NamedRequest request = new NamedRequest(owner, "order 7", "d1");

  /** It may hold the requests of other owners. */
  protected abstract FirstAnswers answers(InstantSource clock);

  @Test
  void answersARepeatAsTheFirstRequest() {
    assertEquals(new Claim.Execute("s1", false), answers.claim(request, "s1"));
    answers.keep(request, ANSWER);

    clock.advance(FirstAnswers.KEPT.minusMillis(1));
    assertEquals(new Claim.Answered(ANSWER), answers.claim(request, "s2"));
  }

  @Test
  void forgetsARequestAfterADay() {
    answers.claim(request, "s1");
    answers.keep(request, ANSWER);

    clock.advance(FirstAnswers.KEPT);
    assertEquals(new Claim.Execute("s2", false), answers.claim(request, "s2"));
  }

  @Test
  void refusesOtherContentUnderTheSameName() {
    NamedRequest other = new NamedRequest(owner, request.name(), "d2");
    answers.claim(request, "s1");
    assertEquals(new Claim.Reused(), answers.claim(other, "s2"));

    answers.keep(request, ANSWER);
    assertEquals(new Claim.Reused(), answers.claim(other, "s2"));
  }

  @Test
  void distinguishesOwnersAndNames() {
    answers.claim(request, "s1");

    assertEquals(
        new Claim.Execute("s2", false),
        answers.claim(new NamedRequest(owner + "1", request.name(), "d1"), "s2"));
    assertEquals(
        new Claim.Execute("s3", false),
        answers.claim(new NamedRequest(owner, "order 8", "d1"), "s3"));
  }

  @Test
  void repeatsAnExecutionThatDidNotEndWithItsSeed() {
    answers.claim(request, "s1");
    clock.advance(FirstAnswers.LONGEST_EXECUTION.minusMillis(1));
    assertEquals(new Claim.Running(Duration.ofMillis(1)), answers.claim(request, "s2"));

    clock.advance(Duration.ofMillis(1));
    assertEquals(new Claim.Execute("s1", true), answers.claim(request, "s3"));
    assertEquals(new Claim.Running(FirstAnswers.LONGEST_EXECUTION), answers.claim(request, "s4"));
  }

  @Test
  void forgetsAClaimThatWasHarmless() {
    answers.claim(request, "s1");
    answers.giveBack(request, true);

    assertEquals(
        new Claim.Execute("s2", false),
        answers.claim(new NamedRequest(owner, request.name(), "d2"), "s2"));
  }

  @Test
  void repeatsAtOnceWhatWasGivenBackWithoutKnowingItsEffect() {
    answers.claim(request, "s1");
    answers.giveBack(request, false);

    assertEquals(
        new Claim.Reused(), answers.claim(new NamedRequest(owner, request.name(), "d2"), "s2"));
    assertEquals(new Claim.Execute("s1", true), answers.claim(request, "s2"));
  }

  @Test
  void neverGivesBackWhatHasItsAnswer() {
    answers.claim(request, "s1");
    answers.keep(request, ANSWER);
    answers.giveBack(request, true);
    answers.giveBack(request, false);

    assertEquals(new Claim.Answered(ANSWER), answers.claim(request, "s2"));
  }

  @Test
  void onlyOneOfManyCallersExecutes() throws Exception {
    List<Callable<Claim>> callers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      String seed = "s" + i;
      callers.add(() -> answers.claim(request, seed));
    }

    long executing = Race.run(callers).stream().filter(Claim.Execute.class::isInstance).count();

    assertEquals(1, executing);
  }
}
