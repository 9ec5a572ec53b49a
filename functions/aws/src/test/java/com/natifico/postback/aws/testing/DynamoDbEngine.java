package com.natifico.postback.aws.testing;

import com.natifico.postback.aws.client.AwsClients;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.dynamodb.services.local.main.ServerRunner;
import software.amazon.dynamodb.services.local.server.DynamoDBProxyServer;

/**
 * Amazon's DynamoDB Local in memory, one for all tests of a JVM, or the engine that {@code
 * AWS_ENDPOINT_URL_DYNAMODB} names: LocalStack, moto, a real account.
 */
public final class DynamoDbEngine {
  private static @Nullable DynamoDbEngine shared;

  private final AtomicInteger tables = new AtomicInteger();
  private final String endpoint;
  private final String prefix;
  private final DynamoDbClient client;

  private DynamoDbEngine() throws Exception {
    String given = System.getenv("AWS_ENDPOINT_URL_DYNAMODB");
    endpoint = given == null ? "http://localhost:" + started() : given;
    // An external engine may hold tables of others or of an earlier run.
    prefix = given == null ? "" : "test-" + UUID.randomUUID().toString().substring(0, 8) + "-";
    client = new AwsClients(environment()).dynamoDb();
  }

  private static int started() throws Exception {
    int port = freePort();
    DynamoDBProxyServer server =
        ServerRunner.createServerFromCommandLineArgs(
            new String[] {"-inMemory", "-disableTelemetry", "-port", Integer.toString(port)});
    server.start();
    return port;
  }

  /** Started on first use; it lives as long as the JVM. */
  public static synchronized DynamoDbEngine shared() {
    if (shared == null) {
      try {
        shared = new DynamoDbEngine();
      } catch (Exception e) {
        throw new IllegalStateException("DynamoDB Local does not start", e);
      }
    }
    return shared;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  public DynamoDbClient client() {
    return client;
  }

  /** The environment variables that a function needs to find this engine. */
  public Map<String, String> environment() {
    return Credentials.with("AWS_ENDPOINT_URL_DYNAMODB", endpoint);
  }

  /** Creates a table for postbacks, as in template.yaml, and returns its name. */
  public String createPostbacksTable() {
    return create(
        "postbacks",
        "affiliate_id",
        "sk",
        new Index("by_scope", "scope", "postback_id"),
        new Index("by_trouble", "trouble", "postback_id"));
  }

  /** Creates a table for events; see {@link #createPostbacksTable}. */
  public String createEventsTable() {
    return create("events", "pk", "sk", new Index("without_callbacks", "a", "i"));
  }

  /** Creates a table for deliveries; see {@link #createPostbacksTable}. */
  public String createDeliveriesTable() {
    return create(
        "deliveries", "affiliate_id", "delivery_id", new Index("by_wake_time", "ws", "wa"));
  }

  /** Creates a table for keys; see {@link #createPostbacksTable}. */
  public String createKeysTable() {
    return create("keys", "key_id", null, new Index("all", "kind", "key_id"));
  }

  /** Creates a table for limits; see {@link #createPostbacksTable}. */
  public String createLimitsTable() {
    return create("limits", "affiliate_id", "call");
  }

  /** Creates a table for statistics; see {@link #createPostbacksTable}. */
  public String createStatisticsTable() {
    return create("statistics", "affiliate_id", "sk");
  }

  /** Creates a table for secrets; see {@link #createPostbacksTable}. */
  public String createSecretsTable() {
    return create("secrets", "affiliate_id", "postback_id");
  }

  /** Creates a table for refused pushes; see {@link #createPostbacksTable}. */
  public String createPushesTable() {
    return create("pushes", "key_id", "sk", new Index("by_time", "outcome", "sk"));
  }

  /** A global index with the projection that template.yaml gives it. */
  private record Index(String name, String hash, String range) {
    GlobalSecondaryIndex built() {
      return GlobalSecondaryIndex.builder()
          .indexName(name)
          .keySchema(keySchema(hash, range))
          .projection(
              switch (name) {
                case "by_wake_time" ->
                    Projection.builder().projectionType(ProjectionType.KEYS_ONLY).build();
                case "by_trouble" ->
                    Projection.builder()
                        .projectionType(ProjectionType.INCLUDE)
                        .nonKeyAttributes(
                            "label", "offer_id", "paused_reason", "failing_since", "updated_at")
                        .build();
                default -> Projection.builder().projectionType(ProjectionType.ALL).build();
              })
          .build();
    }
  }

  private String create(String name, String hash, @Nullable String range, Index... indexes) {
    String table = prefix + name + "-" + tables.incrementAndGet();
    try {
      client.createTable(
          create -> {
            create
                .tableName(table)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(keySchema(hash, range))
                .attributeDefinitions(
                    Stream.concat(
                            Stream.of(hash, range),
                            Stream.of(indexes)
                                .flatMap(index -> Stream.of(index.hash(), index.range())))
                        .filter(Objects::nonNull)
                        .distinct()
                        .map(DynamoDbEngine::attribute)
                        .toList());
            if (indexes.length > 0) {
              create.globalSecondaryIndexes(Stream.of(indexes).map(Index::built).toList());
            }
          });
    } catch (ResourceInUseException e) {
      // The engine started slowly, and the client repeated the call; the name is unique.
    }
    client.waiter().waitUntilTableExists(describe -> describe.tableName(table));
    return table;
  }

  private static List<KeySchemaElement> keySchema(String hash, @Nullable String range) {
    KeySchemaElement first =
        KeySchemaElement.builder().attributeName(hash).keyType(KeyType.HASH).build();
    return range == null
        ? List.of(first)
        : List.of(
            first, KeySchemaElement.builder().attributeName(range).keyType(KeyType.RANGE).build());
  }

  private static AttributeDefinition attribute(String name) {
    return AttributeDefinition.builder()
        .attributeName(name)
        .attributeType(name.equals("wa") ? ScalarAttributeType.N : ScalarAttributeType.S)
        .build();
  }
}
