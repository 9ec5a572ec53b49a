package com.natifico.postback.aws.metric;

import com.natifico.postback.aws.log.Log;
import com.natifico.postback.delivery.Attempt;
import com.natifico.postback.delivery.Callback;
import com.natifico.postback.delivery.CallbackMessage;
import com.natifico.postback.delivery.Deferral;
import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.delivery.DeliveryObserver;
import com.natifico.postback.delivery.Outcome;
import com.natifico.postback.rule.Meaning;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Counts the outcomes of deliveries, and logs each attempt that did not deliver. Test conversions
 * are not counted: a manager's mistake must not look like a fault of the service.
 */
public final class DeliveryReport implements DeliveryObserver {
  private final Metrics metrics;

  public DeliveryReport(Metrics metrics) {
    this.metrics = metrics;
  }

  @Override
  public void attempted(Delivery recorded, @Nullable Duration untilFirst, Duration untilNow) {
    Attempt attempt = recorded.attempts().getLast();
    if (attempt.outcome() != Outcome.DELIVERED) {
      log(recorded, attempt);
    }
    if (recorded.callback().test()) {
      return;
    }
    if (untilFirst != null) {
      metrics.add(Metric.ACCEPT_TO_FIRST_ATTEMPT, untilFirst.toMillis());
    }
    if (attempt.outcome() == Outcome.BLOCKED) {
      metrics.add(Metric.BLOCKED, 1);
    }
    switch (recorded.state()) {
      case DELIVERED -> {
        metrics.add(Metric.DELIVERED, 1);
        metrics.add(Metric.ACCEPT_TO_DELIVERED, untilNow.toMillis());
      }
      case RETRYING -> metrics.add(Metric.RETRIED, 1);
      case FAILED -> {
        metrics.add(Metric.FAILED, 1);
        if (attempt.outcome() == Outcome.REJECTED) {
          metrics.add(Metric.REJECTED, 1);
        }
      }
      case HELD, PENDING, SUPERSEDED -> {
        // The outcome of an attempt is none of them.
      }
    }
  }

  @Override
  public void held(Delivery recorded) {
    if (!recorded.callback().test()) {
      metrics.add(Metric.HELD, 1);
    }
  }

  @Override
  public void superseded(Delivery recorded) {
    metrics.add(Metric.SUPERSEDED, 1);
  }

  @Override
  public void backedOff(CallbackMessage message, RuntimeException cause) {
    metrics.add(Metric.BACKED_OFF, 1);
    Log.error("a store is unavailable; the message was enqueued again", cause);
  }

  @Override
  public void deferred(Delivery before, Deferral.Cause cause) {
    switch (cause) {
      case EGRESS -> metrics.add(Metric.EGRESS_DOWN, 1);
      case ENDPOINT, PACE -> {
        if (before.revision() == 0) {
          metrics.add(Metric.DEFERRED, 1);
        }
      }
    }
  }

  /**
   * {@link Log#with} already adds the delivery's ids to the line. Of the request, only the endpoint
   * is logged, because a URL may contain personal data.
   */
  private static void log(Delivery recorded, Attempt attempt) {
    Callback callback = recorded.callback();
    Meaning meaning = attempt.result().meaning();
    Log.info(
        "attempt failed",
        out ->
            out.field("affiliate_id", callback.affiliateId())
                .field("postback_id", callback.postbackId())
                .field("endpoint", callback.request().endpoint())
                .field("attempt", (long) attempt.number())
                .field("outcome", attempt.outcome().word())
                .field("http_status", attempt.httpStatus())
                .field("meaning", meaning == null ? null : meaning.word())
                .field("latency_ms", (long) attempt.latency().totalMs())
                .field("state", recorded.state().word()));
  }
}
