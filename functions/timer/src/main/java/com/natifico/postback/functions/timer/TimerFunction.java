package com.natifico.postback.functions.timer;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.natifico.postback.aws.metric.Metric;
import com.natifico.postback.delivery.Timer;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;

/**
 * Runs the timer once a minute. If a run fails or does not finish, the next one continues where it
 * stopped.
 */
public final class TimerFunction implements RequestStreamHandler {
  /** The time of a page, of which a slow table and a slow queue can take most. */
  private static final int PAGE_MS = 20_000;

  /** A run that leaves more undone does not count as completed. */
  private static final Duration MAX_LATENESS = Duration.ofMinutes(1);

  private final TimerComposition services;

  /** The constructor that Lambda calls. */
  public TimerFunction() {
    this(System.getenv());
  }

  /**
   * @param environment the variables of template.yaml
   */
  public TimerFunction(Map<String, String> environment) {
    this(TimerComposition.of(environment));
  }

  /** Uses the given services. */
  public TimerFunction(TimerComposition services) {
    this.services = services;
  }

  /**
   * @param event of the schedule, which contains nothing that matters
   * @param answer stays empty
   */
  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context) {
    run(context);
  }

  /** One run. */
  public void run(Context context) {
    try {
      Timer.Report report =
          services.timer().run(() -> context.getRemainingTimeInMillis() >= PAGE_MS);
      services.metrics().add(Metric.WOKEN, report.due());
      services.metrics().add(Metric.OVERDUE, report.overdue());
      if (!report.completedUntil().isBefore(services.clock().instant().minus(MAX_LATENESS))) {
        services.metrics().add(Metric.TIMER_COMPLETED, 1);
      }
    } finally {
      services.metrics().flush();
    }
  }
}
