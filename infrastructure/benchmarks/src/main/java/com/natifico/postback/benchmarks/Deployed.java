package com.natifico.postback.benchmarks;

import com.natifico.postback.local.mapping.MappingSettings;
import com.natifico.postback.local.template.Resource;
import com.natifico.postback.local.template.StackTemplate;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * What template.yaml deploys by default, as far as it decides what a conversion costs.
 *
 * @param conversionMegabytes the conversion function's memory
 * @param senderMegabytes the sender's memory
 * @param senderBatchSize how many first attempts make a batch at most
 * @param senderWindow how long such a batch is waited for at most
 * @param senderConcurrency how many batches of first attempts are sent at the same time at most
 */
public record Deployed(
    int conversionMegabytes,
    int senderMegabytes,
    int senderBatchSize,
    Duration senderWindow,
    int senderConcurrency) {
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
        firstAttempts.maximumConcurrency());
  }

  /** The same with so much memory for both functions. */
  public Deployed with(int megabytes) {
    return new Deployed(megabytes, megabytes, senderBatchSize, senderWindow, senderConcurrency);
  }

  private static int megabytes(StackTemplate template, String functionId) {
    // What SAM takes if nothing is said.
    return template.resource(Resource.FUNCTION, functionId).properties().integer("MemorySize", 128);
  }
}
