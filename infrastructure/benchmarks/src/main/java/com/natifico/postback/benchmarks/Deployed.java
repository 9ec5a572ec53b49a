package com.natifico.postback.benchmarks;

import com.natifico.postback.local.mapping.MappingSettings;
import com.natifico.postback.local.stream.StreamMappingSettings;
import com.natifico.postback.local.template.Resource;
import com.natifico.postback.local.template.StackTemplate;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * The defaults of template.yaml that determine the cost of a conversion.
 *
 * @param conversionMegabytes the conversion function's memory
 * @param senderMegabytes the sender's memory
 * @param senderBatchSize the maximum number of first attempts in a batch
 * @param senderWindow the maximum time to wait for a full batch
 * @param senderConcurrency the maximum number of concurrent batches of first attempts
 * @param statisticsMegabytes the statistics function's memory
 * @param statisticsBatchSize the maximum number of changes in a batch
 */
public record Deployed(
    int conversionMegabytes,
    int senderMegabytes,
    int senderBatchSize,
    Duration senderWindow,
    int senderConcurrency,
    int statisticsMegabytes,
    int statisticsBatchSize) {
  /**
   * @param root the project's root
   */
  public static Deployed read(Path root) {
    StackTemplate template =
        StackTemplate.read(root.resolve("template.yaml"), Map.of(), "https://queues/");
    String queue = template.resource(Resource.QUEUE, "CallbackQueue").name();
    MappingSettings firstAttempts =
        MappingSettings.of(template).stream()
            .filter(mapping -> mapping.queueName().equals(queue))
            .findFirst()
            .orElseThrow();
    return new Deployed(
        megabytes(template, "ConversionFunction"),
        megabytes(template, firstAttempts.functionId()),
        firstAttempts.batchSize(),
        firstAttempts.window(),
        firstAttempts.maximumConcurrency(),
        megabytes(template, "StatisticsFunction"),
        StreamMappingSettings.of(template).getFirst().batchSize());
  }

  /** These settings with this memory for both functions. */
  public Deployed with(int megabytes) {
    return new Deployed(
        megabytes,
        megabytes,
        senderBatchSize,
        senderWindow,
        senderConcurrency,
        statisticsMegabytes,
        statisticsBatchSize);
  }

  /**
   * The part of the capacity that the template's scaling of provisioned tables aims to use.
   *
   * @param root the project's root
   */
  public static double tableUtilisation(Path root) {
    StackTemplate template =
        StackTemplate.read(
            root.resolve("template.yaml"),
            Map.of("TableBillingMode", "PROVISIONED"),
            "https://queues/");
    return template
            .resource("AWS::ApplicationAutoScaling::ScalingPolicy", "EventsWriteTarget")
            .properties()
            .section("TargetTrackingScalingPolicyConfiguration")
            .integer("TargetValue", 0)
        / 100.0;
  }

  private static int megabytes(StackTemplate template, String functionId) {
    // SAM's default.
    return template.resource(Resource.FUNCTION, functionId).properties().integer("MemorySize", 128);
  }
}
