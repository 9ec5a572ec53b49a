package com.natifico.postback.local.mapping;

import com.natifico.postback.local.StartFailure;
import com.natifico.postback.local.template.Resource;
import com.natifico.postback.local.template.Section;
import com.natifico.postback.local.template.StackTemplate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * An event source mapping between a queue and a function.
 *
 * @param window how long to wait for more messages after the first message of a batch
 * @param reportsItemFailures whether the function's response names the failed messages
 */
public record MappingSettings(
    String functionId,
    String queueName,
    String queueArn,
    int batchSize,
    Duration window,
    int maximumConcurrency,
    boolean reportsItemFailures) {
  private static final int MAX_BATCH = 10_000;

  /** The maximum number of messages per receive; a larger batch needs a window. */
  static final int MAX_RECEIVE = 10;

  /**
   * The mappings of the template, which are events of the functions.
   *
   * @throws StartFailure for settings that AWS would refuse or the local stack does not support
   */
  public static List<MappingSettings> of(StackTemplate template) {
    List<MappingSettings> mappings = new ArrayList<>();
    for (Resource function : template.resources(Resource.FUNCTION)) {
      for (Section event : function.properties().section("Events").sections().values()) {
        switch (event.text("Type")) {
          case "HttpApi", "Schedule", "DynamoDB" -> {}
          case "SQS" -> {
            if (!event.section("Properties").text("Enabled", "true").equals("false")) {
              mappings.add(of(event.section("Properties"), function.id(), template));
            }
          }
          default ->
              throw event.wrong(
                  "Type", "is " + event.text("Type") + ", which the local stack cannot serve");
        }
      }
    }
    return mappings;
  }

  private static MappingSettings of(Section properties, String functionId, StackTemplate template) {
    Resource queue = template.byArn(Resource.QUEUE, properties, "Queue");
    int batchSize = properties.integer("BatchSize", 10);
    int window = properties.integer("MaximumBatchingWindowInSeconds", 0);
    if (batchSize < 1 || batchSize > MAX_BATCH) {
      throw properties.wrong("BatchSize", "must be 1 to " + MAX_BATCH);
    }
    if (batchSize > MAX_RECEIVE && window < 1) {
      throw properties.wrong(
          "MaximumBatchingWindowInSeconds", "must be at least 1 for a BatchSize over 10");
    }
    int concurrency = properties.section("ScalingConfig").integer("MaximumConcurrency", 1_000);
    if (concurrency < 2 || concurrency > 1_000) {
      throw properties.wrong("ScalingConfig.MaximumConcurrency", "must be 2 to 1000");
    }
    return new MappingSettings(
        functionId,
        queue.name(),
        queue.arn(),
        batchSize,
        Duration.ofSeconds(window),
        concurrency,
        properties.texts("FunctionResponseTypes").contains("ReportBatchItemFailures"));
  }
}
