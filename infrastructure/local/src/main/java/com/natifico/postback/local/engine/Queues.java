package com.natifico.postback.local.engine;

import com.natifico.postback.local.StartFailure;
import com.natifico.postback.local.template.Resource;
import com.natifico.postback.local.template.Section;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** The template's queues. */
public final class Queues {
  private final List<Resource> queues;

  /**
   * @throws StartFailure for a kind of queue that the local stack does not support
   */
  public Queues(List<Resource> queues) {
    this.queues = List.copyOf(queues);
    for (Resource queue : queues) {
      if (queue.properties().bool("FifoQueue")) {
        throw queue.properties().wrong("FifoQueue", "is not supported by the local stack");
      }
      Section redrive = queue.properties().section("RedrivePolicy");
      String target = redrive.findText("deadLetterTargetArn");
      if (target != null && queues.stream().noneMatch(other -> other.arn().equals(target))) {
        throw redrive.wrong("deadLetterTargetArn", "does not name a queue: " + target);
      }
    }
  }

  /**
   * The queues as ElasticMQ's configuration. ElasticMQ creates them before it restores the messages
   * of an earlier run. {@link #settle} sets their attributes except the redrive policy, which
   * ElasticMQ takes only from its configuration.
   */
  Map<String, Object> asElasticMqSettings() {
    return queues.stream().collect(Collectors.toMap(Resource::name, Queues::asElasticMqSettings));
  }

  private static Map<String, Object> asElasticMqSettings(Resource queue) {
    Section redrive = queue.properties().section("RedrivePolicy");
    String target = redrive.findText("deadLetterTargetArn");
    return target == null
        ? Map.of()
        : Map.of(
            "deadLettersQueue",
            Map.of(
                "name",
                target.substring(target.lastIndexOf(':') + 1),
                "maxReceiveCount",
                redrive.integer("maxReceiveCount", 10)));
  }

  /** Waits until all queues exist, and updates the attributes of queues from an earlier run. */
  public void settle(SqsClient sqs) {
    Set<String> missing = new HashSet<>(queues.stream().map(Resource::name).toList());
    // ElasticMQ accepts requests before it has restored its queues.
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (!missing.isEmpty()) {
      for (String url : sqs.listQueues().queueUrls()) {
        missing.remove(url.substring(url.lastIndexOf('/') + 1));
      }
      if (!missing.isEmpty() && System.nanoTime() - deadline > 0) {
        throw new StartFailure(
            "ElasticMQ has not created "
                + String.join(", ", missing)
                + ": if DATA_DIR is set, move its queues away and start again.");
      }
    }
    for (Resource queue : queues) {
      sqs.setQueueAttributes(
          request -> request.queueUrl(url(sqs, queue)).attributes(attributes(queue)));
    }
  }

  /**
   * Creates the queues; those that others refer to come first.
   *
   * @param arns maps the template's ARNs to those of the created queues
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
        QueueAttributeName.RECEIVE_MESSAGE_WAIT_TIME_SECONDS,
        String.valueOf(properties.integer("ReceiveMessageWaitTimeSeconds", 0)));
    attributes.put(
        QueueAttributeName.MESSAGE_RETENTION_PERIOD,
        String.valueOf(properties.integer("MessageRetentionPeriod", 345_600)));
    Section redrive = properties.section("RedrivePolicy");
    if (redrive.has("deadLetterTargetArn")) {
      attributes.put(
          QueueAttributeName.REDRIVE_POLICY,
          "{\"deadLetterTargetArn\":\"%s\",\"maxReceiveCount\":%s}"
              .formatted(
                  redrive.text("deadLetterTargetArn"), redrive.integer("maxReceiveCount", 10)));
    }
    return attributes;
  }
}
