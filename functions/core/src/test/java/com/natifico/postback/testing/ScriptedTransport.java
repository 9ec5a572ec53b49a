package com.natifico.postback.testing;

import com.natifico.postback.delivery.Attempt;
import com.natifico.postback.delivery.AttemptResult;
import com.natifico.postback.delivery.Outcome;
import com.natifico.postback.delivery.Transport;
import com.natifico.postback.postback.CallbackRequest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A transport whose responses the test sets; the default is 200. Thread-safe. */
public final class ScriptedTransport implements Transport {
  /** A received request. */
  public record Received(CallbackRequest request, Map<String, String> headers) {}

  private final Deque<Answer> answers = new ArrayDeque<>();
  private final List<Received> received = new ArrayList<>();
  private Runnable during = () -> {};

  @Override
  public Answer send(CallbackRequest request, Map<String, String> headers, BodyUse use) {
    Runnable meanwhile;
    synchronized (this) {
      received.add(new Received(request, Map.copyOf(headers)));
      meanwhile = during;
      during = () -> {};
    }
    meanwhile.run();
    synchronized (this) {
      return answers.isEmpty() ? new Answer(answer(200)) : answers.remove();
    }
  }

  /** Sets the responses to the next requests, in order. */
  public synchronized void answers(Exchange... next) {
    Stream.of(next).map(Answer::new).forEach(answers::add);
  }

  /** Sets the response to the next request. */
  public synchronized void answers(int status, String body) {
    answers.add(new Answer(answer(status), body));
  }

  /** Runs while the next request is in progress. */
  public synchronized void during(Runnable meanwhile) {
    during = meanwhile;
  }

  /** All received requests, in order. */
  public synchronized List<Received> received() {
    return List.copyOf(received);
  }

  public static Exchange answer(int status) {
    return answer(status, null);
  }

  public static Exchange answer(int status, @Nullable String retryAfter) {
    Outcome outcome =
        status < 300 ? Outcome.DELIVERED : status < 400 ? Outcome.REDIRECT : Outcome.HTTP_ERROR;
    return new Exchange(
        new AttemptResult(
            outcome,
            status,
            Attempt.Latency.ofTotal(7),
            "",
            outcome == Outcome.DELIVERED ? null : "The endpoint answered " + status + "."),
        retryAfter);
  }

  public static Exchange failure(Outcome outcome) {
    return new Exchange(
        new AttemptResult(
            outcome, null, Attempt.Latency.ofTotal(7), null, "It failed: " + outcome.word()),
        null);
  }
}
