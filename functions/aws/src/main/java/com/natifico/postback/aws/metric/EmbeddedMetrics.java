package com.natifico.postback.aws.metric;

import com.natifico.postback.aws.client.Environment;
import com.natifico.postback.aws.log.JsonOutput;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Writes metrics as log lines, which CloudWatch reads (embedded metric format): no call, no client,
 * one line per invocation. The only dimension is the stack, so that the number of metrics does not
 * grow with affiliates or offers.
 */
public final class EmbeddedMetrics implements Metrics {
  /** The maximum number of values of one metric per line (specification of the format). */
  private static final int VALUES_PER_LINE = 100;

  private final String namespace;
  private final String stack;
  private final InstantSource clock;
  private final Consumer<String> lines;
  private final Map<Metric, List<Long>> values = new EnumMap<>(Metric.class);

  EmbeddedMetrics(String namespace, String stack, InstantSource clock, Consumer<String> lines) {
    this.namespace = namespace;
    this.stack = stack;
    this.clock = clock;
    this.lines = lines;
  }

  /**
   * Writes to standard output, under {@code METRICS_NAMESPACE}; writes nothing if that is not set.
   */
  public static Metrics of(Environment environment, InstantSource clock) {
    String namespace = environment.or("METRICS_NAMESPACE", "");
    return namespace.isEmpty()
        ? NONE
        : new EmbeddedMetrics(
            namespace, environment.required("STACK_NAME"), clock, System.out::println);
  }

  /** Metrics for a rehearsal, which are discarded. */
  public static Metrics discarded(InstantSource clock) {
    return new EmbeddedMetrics("discarded", "discarded", clock, _ -> {});
  }

  @Override
  public synchronized void add(Metric metric, long value) {
    List<Long> known = values.computeIfAbsent(metric, _ -> new ArrayList<>());
    if (metric.isTime() || known.isEmpty()) {
      known.add(value);
    } else {
      known.set(0, known.getFirst() + value);
    }
  }

  @Override
  public synchronized void flush() {
    while (!values.isEmpty()) {
      lines.accept(JsonOutput.object(this::write));
      values.replaceAll((_, all) -> all.subList(Math.min(all.size(), VALUES_PER_LINE), all.size()));
      values.values().removeIf(List::isEmpty);
    }
  }

  private void write(JsonOutput out) throws IOException {
    out.object(
        "_aws",
        aws ->
            aws.field("Timestamp", clock.millis())
                .objects("CloudWatchMetrics", List.of(namespace), this::directive));
    out.field("Stack", stack);
    for (Map.Entry<Metric, List<Long>> each : values.entrySet()) {
      String name = each.getKey().cloudWatchName();
      List<Long> all = each.getValue();
      if (all.size() == 1) {
        out.field(name, (long) all.getFirst());
      } else {
        out.numbers(name, all.subList(0, Math.min(all.size(), VALUES_PER_LINE)));
      }
    }
  }

  private void directive(JsonOutput out, String name) throws IOException {
    out.field("Namespace", name)
        .stringLists("Dimensions", List.of(List.of("Stack")))
        .objects(
            "Metrics",
            values.keySet(),
            (each, metric) ->
                each.field("Name", metric.cloudWatchName()).field("Unit", metric.unit().word));
  }
}
