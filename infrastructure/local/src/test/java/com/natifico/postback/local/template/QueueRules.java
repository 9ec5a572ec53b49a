package com.natifico.postback.local.template;

import java.util.ArrayList;
import java.util.List;

/** Rules for queues, their mappings, and topics. */
final class QueueRules {
  /**
   * The seconds by which Lambda may start a batch late without its messages becoming visible while
   * it runs.
   */
  private static final int MIN_MARGIN_SECONDS = 10;

  /** The seconds after a crash within which the sender's callbacks are attempted again. */
  private static final int MAX_SECONDS_AFTER_A_CRASH = 60;

  /** The seconds until a visible message is received and its batch is started. */
  private static final int PICK_UP_SECONDS = 10;

  /**
   * The seconds for which Lambda may refuse to start batches before messages go to the dead-letter
   * queue.
   */
  private static final int MIN_SECONDS_OF_RECEIVES = 900;

  /** AWS's minimum (docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html). */
  private static final int MIN_RECEIVES = 5;

  /** The default retention of SQS: four days, in seconds. */
  private static final int DEFAULT_RETENTION = 345_600;

  private static final List<String> REPORTS = List.of("ReportBatchItemFailures");

  private QueueRules() {}

  static final Rule KEPT_AND_ENCRYPTED =
      Rule.each(
          Resource.QUEUE,
          (check, deployment) -> {
            check.has("MessageRetentionPeriod");
            check.that(
                check.properties().bool("SqsManagedSseEnabled")
                    || check.properties().has("KmsMasterKeyId"),
                "is not encrypted");
            Section declaration = deployment.declaration(check.resource());
            check.that(
                Rule.isKept(declaration) != declaration.section("Metadata").has("NothingToKeep"),
                "is deleted with the stack and its messages, and has no Metadata.NothingToKeep");
          });

  static final Rule TLS_ONLY =
      Rule.each(
          Resource.QUEUE,
          (check, deployment) ->
              check.that(
                  deployment.all("AWS::SQS::QueuePolicy").stream()
                      .anyMatch(
                          policy ->
                              policy.properties().texts("Queues").stream()
                                      .anyMatch(url -> url.endsWith("/" + check.resource().name()))
                                  && Rule.isTlsOnly(policy.properties(), "*", "sqs:*")),
                  "accepts requests without TLS"));

  static final Rule TOPICS =
      Rule.each(
          Resource.TOPIC,
          (check, deployment) -> {
            check.has("KmsMasterKeyId");
            check.that(
                deployment.all("AWS::SNS::TopicPolicy").stream()
                    .anyMatch(
                        policy ->
                            policy.properties().texts("Topics").contains(check.resource().arn())
                                && Rule.isTlsOnly(
                                    policy.properties(), check.resource().arn(), "sns:Publish")),
                "accepts messages without TLS");
          });

  static final Rule DEAD_LETTERS_OUTLIVE =
      Rule.each(
          Resource.QUEUE,
          (check, deployment) -> {
            Section redrive = check.properties().section("RedrivePolicy");
            if (redrive.keys().isEmpty()) {
              return;
            }
            Resource target =
                deployment.byArn(Resource.QUEUE, redrive.text("deadLetterTargetArn", ""));
            check.that(target != null, "does not redrive to a queue of this template");
            check.that(
                target == null || retention(target) >= retention(check.resource()),
                "has a dead-letter queue that keeps messages for a shorter time than the queue"
                    + " itself");
          });

  private static int retention(Resource queue) {
    return queue.properties().integer("MessageRetentionPeriod", DEFAULT_RETENTION);
  }

  static final Rule MAPPINGS =
      deployment -> {
        List<String> findings = new ArrayList<>();
        for (Deployment.QueueEvent event : deployment.queueEvents()) {
          if (!event.properties().texts("FunctionResponseTypes").equals(REPORTS)) {
            findings.add(event.id() + " does not report single messages");
          }
          if (!event.properties().section("ScalingConfig").has("MaximumConcurrency")) {
            findings.add(event.id() + " has no maximum concurrency");
          }
          Resource queue = event.queue();
          if (queue == null) {
            findings.add(event.id() + " does not read a queue of this template");
            continue;
          }
          findings.addAll(visibility(event, queue));
        }
        return findings;
      };

  private static List<String> visibility(Deployment.QueueEvent event, Resource queue) {
    List<String> findings = new ArrayList<>();
    int window = event.properties().integer("MaximumBatchingWindowInSeconds", 0);
    int timeout = event.function().properties().integer("Timeout", 3);
    int invisible = queue.properties().integer("VisibilityTimeout", 30);
    int receives = queue.properties().section("RedrivePolicy").integer("maxReceiveCount", 0);
    if (invisible < timeout + window + MIN_MARGIN_SECONDS) {
      findings.add(queue.id() + " makes a message visible while its sender may still run");
    }
    if (invisible + window + PICK_UP_SECONDS > MAX_SECONDS_AFTER_A_CRASH) {
      findings.add(queue.id() + " makes a message visible too long after a crash");
    }
    if (receives < MIN_RECEIVES || receives * invisible < MIN_SECONDS_OF_RECEIVES) {
      findings.add(queue.id() + " moves a message away too early, or never");
    }
    return findings;
  }

  /**
   * Lambda stops a chain of about 16 invocations that passes through a queue, unless the function
   * allows it (docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html).
   */
  static final Rule RECURSION_IS_ALLOWED =
      deployment -> {
        List<String> findings = new ArrayList<>();
        for (Deployment.QueueEvent event : deployment.queueEvents()) {
          Resource queue = event.queue();
          Resource role = RoleRules.roleOf(event.function(), deployment);
          if (queue == null || role == null) {
            continue;
          }
          boolean sends =
              RoleRules.allowed(role)
                  .contains(new RoleRules.Permission("sqs:SendMessage", queue.arn()));
          String loop = event.function().properties().text("RecursiveLoop", "Terminate");
          if (sends && !loop.equals("Allow")) {
            findings.add(
                event.function().id()
                    + " may send to "
                    + queue.id()
                    + ", which triggers it, and does not declare RecursiveLoop: Allow");
          }
        }
        return findings;
      };

  /** A resource of type EventSourceMapping would not be covered by the rules above. */
  static final Rule NO_OTHER_MAPPINGS =
      deployment ->
          deployment.all("AWS::Lambda::EventSourceMapping").isEmpty()
              ? List.of()
              : List.of("there is an event source mapping outside the functions' events");
}
