package com.natifico.postback.local.engine;

import com.natifico.postback.local.StartFailure;
import com.natifico.postback.local.template.Resource;
import com.natifico.postback.local.template.Section;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** The template's queues. */
public final class Queues {
  private final List<Resource> queues;

  public Queues(List<Resource> queues) {
    this.queues = List.copyOf(queues);
  }

  /**
   * The queues in ElasticMQ's own configuration, which creates them before it restores the messages
   * of an earlier run.
   */
  Map<String, Object> asElasticMqSettings() {
    Map<String, Object> settings = new HashMap<>();
    for (Resource queue : queues) {
      Section properties = queue.properties();
      if (properties.bool("FifoQueue")) {
        throw properties.wrong("FifoQueue", "is not supported by the local stack");
      }
      Map<String, Object> own = new HashMap<>();
      own.put("defaultVisibilityTimeout", properties.integer("VisibilityTimeout", 30) + " seconds");
      own.put("delay", properties.integer("DelaySeconds", 0) + " seconds");
      own.put(
          "receiveMessageWait",
          properties.integer("ReceiveMessageWaitTimeSeconds", 0) + " seconds");
      Section redrive = properties.section("RedrivePolicy");
      if (redrive.has("deadLetterTargetArn")) {
        own.put(
            "deadLettersQueue",
            Map.of(
                "name",
                target(redrive).name(),
                "maxReceiveCount",
                redrive.integer("maxReceiveCount", 10)));
      }
      settings.put(queue.name(), own);
    }
    return settings;
  }

  private Resource target(Section redrive) {
    String arn = redrive.text("deadLetterTargetArn");
    return queues.stream()
        .filter(queue -> queue.arn().equals(arn))
        .findFirst()
        .orElseThrow(() -> redrive.wrong("deadLetterTargetArn", "names no queue: " + arn));
  }

  /** Waits until all of them are there, and gives those of an earlier run today's attributes. */
  public void settle(SqsClient sqs) {
    Set<String> missing = new HashSet<>(queues.stream().map(Resource::name).toList());
    // ElasticMQ answers before it has restored what it kept.
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (!missing.isEmpty()) {
      for (String url : sqs.listQueues().queueUrls()) {
        missing.remove(url.substring(url.lastIndexOf('/') + 1));
      }
      if (System.nanoTime() - deadline > 0) {
        throw new StartFailure(
            "ElasticMQ has not created "
                + String.join(", ", missing)
                + ": with DATA_DIR, move its queues away and start again.");
      }
    }
    for (Resource queue : queues) {
      sqs.setQueueAttributes(
          request -> request.queueUrl(url(sqs, queue)).attributes(attributes(queue)));
    }
  }

  /**
   * Creates them, those first that others name.
   *
   * @param arns from the template's ARNs to those of where they are created
   */
  void create(SqsClient sqs, UnaryOperator<String> arns) {
    queues.stream()
        .sorted(Comparator.comparing(queue -> queue.properties().has("RedrivePolicy")))
        .forEach(
            queue -> {
              Map<QueueAttributeName, String> attributes = attributes(queue);
              attributes.replaceAll((_, value) -> arns.apply(value));
              sqs.createQueue(create -> create.queueName(queue.name()).attributes(attributes));
            });
  }

  private static String url(SqsClient sqs, Resource queue) {
    return sqs.getQueueUrl(request -> request.queueName(queue.name())).queueUrl();
  }

  private static Map<QueueAttributeName, String> attributes(Resource queue) {
    Section properties = queue.properties();
    Map<QueueAttributeName, String> attributes = new LinkedHashMap<>();
    attributes.put(
        QueueAttributeName.VISIBILITY_TIMEOUT,
        String.valueOf(properties.integer("VisibilityTimeout", 30)));
    attributes.put(
        QueueAttributeName.DELAY_SECONDS, String.valueOf(properties.integer("DelaySeconds", 0)));
    attributes.put(
        QueueAttributeName.MESSAGE_RETENTION_PERIOD,
        String.valueOf(properties.integer("MessageRetentionPeriod", 345_600)));
    Section redrive = properties.section("RedrivePolicy");
    if (redrive.has("deadLetterTargetArn")) {
      attributes.put(
          QueueAttributeName.REDRIVE_POLICY,
          "{\"deadLetterTargetArn\":\""
              + redrive.text("deadLetterTargetArn")
              + "\",\"maxReceiveCount\":"
              + redrive.integer("maxReceiveCount", 10)
              + "}");
    }
    return attributes;
  }
}
