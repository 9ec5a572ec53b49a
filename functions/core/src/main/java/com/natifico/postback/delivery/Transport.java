package com.natifico.postback.delivery;

import com.natifico.postback.macro.SecretEchoes;
import com.natifico.postback.postback.CallbackRequest;
import com.natifico.postback.rule.AnswerRule;
import com.natifico.postback.rule.AnswerRules;
import com.natifico.postback.rule.Ruling;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sends one HTTP request and reports its result. It enforces the time limits and never throws. */
public interface Transport {
  /**
   * Sends the request once: redirects are not followed, and nothing is repeated.
   *
   * @param headers to be sent in addition to those that HTTP requires
   */
  Answer send(CallbackRequest request, Map<String, String> headers, BodyUse use);

  /** What the body of the response is read for. */
  enum BodyUse {
    /** For the log only: the status has already decided. */
    LOG,
    /** For answer rules, which justify a longer wait. */
    RULES
  }

  /**
   * An exchange, and the response that answer rules judge.
   *
   * @param exchange as the status decides it
   * @param body the part of the body that was read, as text; empty if there was no response
   */
  record Answer(Exchange exchange, String body) {
    /** An exchange whose response has no body. */
    public Answer(Exchange exchange) {
      this(exchange, "");
    }

    /** The exchange as these rules decide it. No rule makes a redirect a success. */
    Exchange judgedBy(AnswerRules rules) {
      Integer status = exchange.httpStatus();
      AnswerRule rule = status == null ? null : rules.match(status, body);
      if (rule == null
          || (rule.then() == Ruling.DELIVERED && exchange.outcome() == Outcome.REDIRECT)) {
        return exchange;
      }
      String answered = "The endpoint answered " + status + ", and answer rule ";
      int number = rules.list().indexOf(rule) + 1;
      AttemptResult result =
          switch (rule.then()) {
            case DELIVERED -> exchange.result().judged(Outcome.DELIVERED, null, rule.meaning());
            case REJECTED ->
                exchange
                    .result()
                    .judged(
                        Outcome.REJECTED,
                        answered + number + " says that this is a refusal.",
                        rule.meaning());
            case RETRY ->
                exchange
                    .result()
                    .judged(
                        Outcome.DEFERRED_BY_RULE,
                        answered + number + " asks for a retry.",
                        rule.meaning());
          };
      return new Exchange(result, exchange.retryAfter());
    }
  }

  /**
   * A result, and the endpoint's Retry-After.
   *
   * @param retryAfter the header's value; null if there was none
   */
  record Exchange(AttemptResult result, @Nullable String retryAfter) {
    /** The same without secrets. */
    Exchange masked(SecretEchoes secrets) {
      return new Exchange(result.masked(secrets), secrets.masked(retryAfter));
    }

    public Outcome outcome() {
      return result.outcome();
    }

    public @Nullable Integer httpStatus() {
      return result.httpStatus();
    }
  }
}
