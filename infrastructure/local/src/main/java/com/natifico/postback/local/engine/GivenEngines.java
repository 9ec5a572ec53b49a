package com.natifico.postback.local.engine;

import com.natifico.postback.local.StartFailure;
import com.natifico.postback.local.permission.Forwarding;
import com.natifico.postback.local.permission.Roles;
import com.natifico.postback.local.permission.Signature;
import com.natifico.postback.local.template.Account;
import com.natifico.postback.local.template.Resource;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * DynamoDB and SQS at the endpoints that the environment names: LocalStack, moto, or an AWS
 * account. Tables and queues have names of this run's own and are deleted at its end. Roles are
 * checked here, whatever the engines check themselves, so every call goes through our proxies,
 * which sign it again.
 */
public final class GivenEngines extends Engines {
  public static final String TABLES = "AWS_ENDPOINT_URL_DYNAMODB";
  public static final String STREAMS = "AWS_ENDPOINT_URL_DYNAMODB_STREAMS";
  public static final String QUEUES = "AWS_ENDPOINT_URL_SQS";

  private final Map<String, String> environment;
  private final String namePrefix;
  private @Nullable String queueUrlPrefix;
  private @Nullable String queueArnPrefix;

  /**
   * @param environment the endpoints; and in the AWS SDK's variables region and keys, by default
   *     those of {@link Clients}
   * @throws StartFailure if only one of the endpoints is given
   */
  public GivenEngines(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
    if (!environment.containsKey(TABLES) || !environment.containsKey(QUEUES)) {
      throw new StartFailure(TABLES + " and " + QUEUES + " go together: give both or none.");
    }
    this.namePrefix = "local-" + UUID.randomUUID().toString().substring(0, 8) + "-";
  }

  /** Whether the environment names endpoints. */
  public static boolean areIn(Map<String, String> environment) {
    return environment.containsKey(TABLES) || environment.containsKey(QUEUES);
  }

  @Override
  public String namePrefix() {
    return namePrefix;
  }

  /** The URL prefix can only be learned by creating a queue. */
  @Override
  public String queueUrlPrefix() {
    if (queueUrlPrefix == null) {
      try (Forwarding door = door(QUEUES, "sqs", null);
          SqsClient sqs = Clients.sqs(door.endpoint())) {
        String name = namePrefix + "where";
        String url = sqs.createQueue(create -> create.queueName(name)).queueUrl();
        String arn =
            sqs.getQueueAttributes(
                    get -> get.queueUrl(url).attributeNames(QueueAttributeName.QUEUE_ARN))
                .attributes()
                .get(QueueAttributeName.QUEUE_ARN);
        sqs.deleteQueue(delete -> delete.queueUrl(url));
        queueUrlPrefix = url.substring(0, url.length() - name.length());
        queueArnPrefix = Objects.requireNonNull(arn).substring(0, arn.length() - name.length());
      } catch (SdkException e) {
        throw new StartFailure(environment.get(QUEUES) + " does not answer as SQS: " + e, e);
      }
    }
    return queueUrlPrefix;
  }

  @Override
  public Endpoints start(List<Resource> wanted, Roles roles) {
    String streams = environment.containsKey(STREAMS) ? STREAMS : TABLES;
    URI queues = opened(door(QUEUES, "sqs", roles));
    Endpoints endpoints =
        new Endpoints(
            opened(door(TABLES, "dynamodb", roles)),
            opened(door(streams, "dynamodb", roles)),
            queues,
            queues);
    onClose(() -> deleteAll(endpoints));
    return endpoints;
  }

  private URI opened(Forwarding door) {
    onClose(door::close);
    return door.endpoint();
  }

  private Forwarding door(String endpoint, String service, @Nullable Roles roles) {
    return Forwarding.start(
        roles == null ? Roles.none() : roles,
        URI.create(Objects.requireNonNull(environment.get(endpoint))),
        new Signature(
            environment.getOrDefault("AWS_ACCESS_KEY_ID", Clients.ACCESS_KEY),
            environment.getOrDefault("AWS_SECRET_ACCESS_KEY", Clients.SECRET_KEY),
            environment.get("AWS_SESSION_TOKEN"),
            service,
            environment.getOrDefault("AWS_REGION", Account.REGION),
            InstantSource.system()));
  }

  @Override
  public void settle(List<Resource> wanted, SqsClient sqs) {
    String own = Account.arn("sqs", "");
    new Queues(wanted).create(sqs, arn -> arn.replace(own, Objects.requireNonNull(queueArnPrefix)));
  }

  private void deleteAll(Endpoints endpoints) {
    try (DynamoDbClient dynamo = Clients.dynamo(endpoints.tables());
        SqsClient sqs = Clients.sqs(endpoints.queues())) {
      dynamo.listTablesPaginator().tableNames().stream()
          .filter(name -> name.startsWith(namePrefix))
          .toList()
          .forEach(name -> dynamo.deleteTable(delete -> delete.tableName(name)));
      sqs.listQueuesPaginator(list -> list.queueNamePrefix(namePrefix)).queueUrls().stream()
          .toList()
          .forEach(url -> sqs.deleteQueue(delete -> delete.queueUrl(url)));
    }
  }
}
