package com.natifico.postback.testing;

import com.natifico.postback.idempotency.FirstAnswers;
import java.time.InstantSource;

final class InMemoryFirstAnswersTest extends FirstAnswersContract {
  @Override
  protected FirstAnswers answers(InstantSource clock) {
    return new InMemoryFirstAnswers(clock);
  }
}
