package com.natifico.postback.benchmarks.lambda;

import com.natifico.postback.access.KeyHash;
import com.natifico.postback.aws.dynamodb.DynamoDbPostbackStore;
import com.natifico.postback.aws.testing.DynamoDbEngine;
import com.natifico.postback.aws.testing.SqsTestEngine;
import com.natifico.postback.benchmarks.lambda.BootedFunction.How;
import com.natifico.postback.local.function.FunctionSettings;
import com.natifico.postback.local.template.Resource;
import com.natifico.postback.local.template.StackTemplate;
import com.natifico.postback.testing.Samples;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * The four packages, with the handlers and the environment that template.yaml gives them, and
 * tables and queues for them on the local engines.
 */
public final class Packages {
  /** A key whose hash is configured, so that the authorizer accepts it without a table. */
  public static final String BOOTSTRAP_KEY = "npb_admin_0123456789012345678901234567890123456789";

  private static final String METRICS = "METRICS_NAMESPACE";

  /** A package, named after its module. */
  public enum Name {
    AUTHORIZER,
    API,
    CONVERSION,
    SENDER;

    String module() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The logical id of its function in template.yaml. */
    String id() {
      return name().charAt(0) + module().substring(1) + "Function";
    }

    /** The path of the built package. */
    public Path zip(Path root) {
      return root.resolve("functions/" + module() + "/target/" + module() + ".zip");
    }
  }

  private final Path root;
  private final StackTemplate template;
  private final Map<String, String> environment = new HashMap<>();

  /**
   * @param root the project's root
   */
  public Packages(Path root) {
    this.root = root;
    this.template = StackTemplate.read(root.resolve("template.yaml"), Map.of(), "https://queues/");
    DynamoDbEngine dynamoDb = DynamoDbEngine.shared();
    SqsTestEngine sqs = SqsTestEngine.shared();
    String postbacks = dynamoDb.createPostbacksTable();
    new DynamoDbPostbackStore(dynamoDb.client(), postbacks, new Random(7))
        .create(Samples.postback("pb_1m6e94cj0001", Samples.OFFER));
    environment.putAll(sqs.environment());
    environment.putAll(dynamoDb.environment());
    environment.put("POSTBACKS_TABLE", postbacks);
    environment.put("EVENTS_TABLE", dynamoDb.createEventsTable());
    environment.put("DELIVERIES_TABLE", dynamoDb.createDeliveriesTable());
    environment.put("KEYS_TABLE", dynamoDb.createKeysTable());
    environment.put("LIMITS_TABLE", dynamoDb.createLimitsTable());
    environment.put("STATISTICS_TABLE", dynamoDb.createStatisticsTable());
    environment.put("PUSHES_TABLE", dynamoDb.createPushesTable());
    environment.put("SECRETS_TABLE", dynamoDb.createSecretsTable());
    environment.put("CALLBACK_QUEUE_URL", sqs.createQueue());
    environment.put("RETRY_QUEUE_URL", sqs.createQueue());
    environment.put("SLOW_QUEUE_URL", sqs.createQueue());
    environment.put("DEAD_LETTER_QUEUE_URL", sqs.createQueue());
    environment.put("POSTBACK_CACHE_SECONDS", "5");
    environment.put("RETENTION_DAYS", "90");
    environment.put("RETRY_SCHEDULE", "1m");
    environment.put("EGRESS_ALLOW", "127.0.0.0/8");
    environment.put("EGRESS_PORTS", "80,443");
    environment.put("BOOTSTRAP_ADMIN_KEY_HASH", KeyHash.of(BOOTSTRAP_KEY).hex());
  }

  /**
   * The variables for engines, tables and queues, and others that override template.yaml's
   * defaults.
   */
  public Map<String, String> environment() {
    return Map.copyOf(environment);
  }

  /** Starts a package. */
  public BootedFunction boot(Name name, How how) throws IOException {
    return boot(name, how, environment);
  }

  /** Starts a package with all AWS endpoints at this address. */
  BootedFunction boot(Name name, How how, String endpoint) throws IOException {
    Map<String, String> elsewhere = new HashMap<>(environment);
    elsewhere.put("AWS_ENDPOINT_URL_DYNAMODB", endpoint);
    elsewhere.put("AWS_ENDPOINT_URL_SQS", endpoint);
    elsewhere.put("CALLBACK_QUEUE_URL", endpoint + "/000000000000/callbacks");
    return boot(name, how, elsewhere);
  }

  /** Starts a package with the heap that Lambda gives it, and with other variables. */
  BootedFunction bootWithDeployedHeap(Name name, Map<String, String> other) throws IOException {
    Map<String, String> variables = new HashMap<>(environment);
    variables.putAll(other);
    int memory =
        FunctionSettings.of(template.resource(Resource.FUNCTION, name.id()), root, Map.of())
            .memoryMegabytes();
    return boot(name, How.asOnLambda(false).withHeap(memory), variables);
  }

  private BootedFunction boot(Name name, How how, Map<String, String> engines) throws IOException {
    Resource described = template.resource(Resource.FUNCTION, name.id());
    FunctionSettings settings = FunctionSettings.of(described, root, engines);
    Map<String, String> variables = new HashMap<>(settings.environment());
    // The local stack leaves this out because nothing reads metrics from its log.
    variables.put(
        METRICS, described.properties().section("Environment").section("Variables").text(METRICS));
    return new BootedFunction(settings.zip(), settings.handler(), variables, how);
  }
}
