package com.natifico.postback.local.engine;

import com.natifico.postback.local.StartFailure;
import com.natifico.postback.local.permission.IamProxy;
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
 * DynamoDB and SQS at endpoints given by the environment: LocalStack, moto, or an AWS account.
 * Tables and queues have names that are unique to this run and are deleted at its end. Roles are
 * always checked locally, so every call passes through an {@link IamProxy}, which signs it again.
 */
public final class ExternalEngines extends Engines {
  public static final String TABLES = "AWS_ENDPOINT_URL_DYNAMODB";
  public static final String STREAMS = "AWS_ENDPOINT_URL_DYNAMODB_STREAMS";
  public static final String QUEUES = "AWS_ENDPOINT_URL_SQS";

  private final Map<String, String> environment;
  private final String namePrefix;
  private @Nullable String queueUrlPrefix;
  private @Nullable String queueArnPrefix;

  /**
   * @param environment the endpoints, and the AWS SDK's variables for region and keys (default:
   *     those of {@link Clients})
   * @throws StartFailure if only one of the endpoints is given
   */
  public ExternalEngines(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
    if (!environment.containsKey(TABLES) || !environment.containsKey(QUEUES)) {
      throw new StartFailure(TABLES + " and " + QUEUES + " belong together: set both or neither.");
    }
    this.namePrefix = "local-" + UUID.randomUUID().toString().substring(0, 8) + "-";
  }

  /** Whether the environment sets endpoints. */
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
      try (IamProxy proxy = proxy(QUEUES, "sqs", null);
          SqsClient sqs = Clients.sqs(proxy.endpoint())) {
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
        throw new StartFailure(environment.get(QUEUES) + " does not respond like SQS: " + e, e);
      }
    }
    return queueUrlPrefix;
  }

  @Override
  public Endpoints start(List<Resource> wanted, Roles roles) {
    String streams = environment.containsKey(STREAMS) ? STREAMS : TABLES;
    URI queues = register(proxy(QUEUES, "sqs", roles));
    Endpoints endpoints =
        new Endpoints(
            register(proxy(TABLES, "dynamodb", roles)),
            register(proxy(streams, "dynamodb", roles)),
            queues,
            queues);
    onClose(() -> deleteAll(endpoints));
    return endpoints;
  }

  private URI register(IamProxy proxy) {
    onClose(proxy::close);
    return proxy.endpoint();
  }

  private IamProxy proxy(String endpoint, String service, @Nullable Roles roles) {
    return IamProxy.start(
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
