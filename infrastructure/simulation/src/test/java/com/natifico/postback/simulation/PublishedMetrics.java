package com.natifico.postback.simulation;

import com.natifico.postback.aws.metric.Metric;
import com.natifico.postback.aws.metric.Metrics;
import com.natifico.postback.simulation.alarm.MetricData;
import com.natifico.postback.simulation.alarm.MetricId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The metrics of a simulated stack: those that the functions publish, and those that AWS publishes
 * about the engines, as far as an alarm of template.yaml uses them.
 */
final class PublishedMetrics implements EngineObserver {
  private final InstantSource clock;
  private final MetricData data;

  PublishedMetrics(InstantSource clock, MetricData data) {
    this.clock = clock;
    this.data = data;
  }

  /** The metrics of one function, which publishes them when it has processed an event. */
  Metrics ofFunction() {
    return new Metrics() {
      private record Counted(Metric metric, long value) {}

      private final List<Counted> counted = new ArrayList<>();

      @Override
      public synchronized void add(Metric metric, long value) {
        counted.add(new Counted(metric, value));
      }

      @Override
      public synchronized void flush() {
        counted.forEach(
            each ->
                publish(
                    "NatificoPostback",
                    each.metric().cloudWatchName(),
                    Map.of("Stack", "local"),
                    (double) each.value()));
        counted.clear();
      }
    };
  }

  @Override
  public void failed(FunctionName function) {
    publish("AWS/Lambda", "Errors", Map.of("FunctionName", function.id()), 1);
  }

  @Override
  public void throttled(FunctionName function) {
    publish("AWS/Lambda", "Throttles", Map.of("FunctionName", function.id()), 1);
  }

  @Override
  public void recursionStopped(FunctionName function) {
    publish("AWS/Lambda", "RecursiveInvocationsDropped", Map.of("FunctionName", function.id()), 1);
  }

  @Override
  public void paused() {
    publish("NatificoPostback", Metric.PAUSED.cloudWatchName(), Map.of("Stack", "local"), 1);
  }

  @Override
  public void responded(String routeKey, int status, Duration latency) {
    String[] methodAndPath = routeKey.split(" ");
    Map<String, String> route =
        Map.of(
            "ApiId",
            "Api",
            "Stage",
            "$default",
            "Method",
            methodAndPath[0],
            "Resource",
            methodAndPath[1]);
    for (Map<String, String> dimensions : List.of(Map.of("ApiId", "Api"), route)) {
      publish("AWS/ApiGateway", "Count", dimensions, 1);
      publish("AWS/ApiGateway", "4xx", dimensions, status >= 400 && status < 500 ? 1 : 0);
      publish("AWS/ApiGateway", "5xx", dimensions, status >= 500 ? 1 : 0);
      publish("AWS/ApiGateway", "Latency", dimensions, (double) latency.toMillis());
    }
  }

  /** A call of this table was throttled. */
  void tableThrottled(String table, boolean isRead) {
    publish(
        "AWS/DynamoDB",
        isRead ? "ReadThrottleEvents" : "WriteThrottleEvents",
        Map.of("TableName", table),
        1);
  }

  /** What SQS publishes every minute. */
  void sample(String queueName, SimulatedQueue queue) {
    Map<String, String> dimensions = Map.of("QueueName", queueName);
    publish(
        "AWS/SQS",
        "ApproximateAgeOfOldestMessage",
        dimensions,
        (double) queue.ageOfOldest().toSeconds());
    publish("AWS/SQS", "ApproximateNumberOfMessagesVisible", dimensions, queue.visible());
    publish("AWS/SQS", "NumberOfMessagesSent", dimensions, queue.takeSent());
  }

  private void publish(
      String namespace, String name, Map<String, String> dimensions, double value) {
    data.add(new MetricId(namespace, name, dimensions), clock.instant(), value);
  }
}
