package com.natifico.postback.local.engine;

import com.natifico.postback.local.StartFailure;
import com.natifico.postback.local.template.Resource;
import com.natifico.postback.local.template.Section;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.StreamSpecification;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/** The template's tables. DynamoDB Local does not support point-in-time recovery and encryption. */
public final class Tables {
  private Tables() {}

  /**
   * Creates the tables that do not exist yet.
   *
   * @throws StartFailure if an existing table has other keys
   */
  public static void create(List<Resource> tables, DynamoDbClient dynamo) {
    for (Resource table : tables) {
      CreateTableRequest wanted = request(table);
      TableDescription there = find(table.name(), dynamo);
      if (there == null) {
        dynamo.createTable(wanted);
        dynamo.waiter().waitUntilTableExists(describe -> describe.tableName(table.name()));
      } else if (!sameKeys(wanted, there)) {
        throw new StartFailure(
            "DATA_DIR holds a table "
                + table.name()
                + " with other keys than template.yaml: move DATA_DIR away and start again.");
      } else if (wanted.streamSpecification() != null && there.streamSpecification() == null) {
        dynamo.updateTable(
            update ->
                update.tableName(table.name()).streamSpecification(wanted.streamSpecification()));
      }
      Section ttl = table.properties().section("TimeToLiveSpecification");
      if (ttl.bool("Enabled") && there == null) {
        dynamo.updateTimeToLive(
            request ->
                request
                    .tableName(table.name())
                    .timeToLiveSpecification(
                        spec -> spec.enabled(true).attributeName(ttl.text("AttributeName"))));
      }
    }
  }

  private static @Nullable TableDescription find(String name, DynamoDbClient dynamo) {
    try {
      return dynamo.describeTable(request -> request.tableName(name)).table();
    } catch (ResourceNotFoundException _) {
      return null;
    }
  }

  private static CreateTableRequest request(Resource table) {
    Section properties = table.properties();
    CreateTableRequest.Builder request =
        CreateTableRequest.builder()
            .tableName(table.name())
            .billingMode(BillingMode.PAY_PER_REQUEST)
            .keySchema(keys(properties))
            .attributeDefinitions(
                properties.list("AttributeDefinitions").stream()
                    .map(
                        attribute ->
                            AttributeDefinition.builder()
                                .attributeName(attribute.text("AttributeName"))
                                .attributeType(attribute.text("AttributeType"))
                                .build())
                    .toList());
    List<GlobalSecondaryIndex> indexes =
        properties.list("GlobalSecondaryIndexes").stream().map(Tables::index).toList();
    Section stream = properties.section("StreamSpecification");
    if (stream.has("StreamViewType")) {
      request.streamSpecification(
          StreamSpecification.builder()
              .streamEnabled(true)
              .streamViewType(stream.text("StreamViewType"))
              .build());
    }
    return (indexes.isEmpty() ? request : request.globalSecondaryIndexes(indexes)).build();
  }

  private static GlobalSecondaryIndex index(Section index) {
    Section projection = index.section("Projection");
    List<String> attributes = projection.texts("NonKeyAttributes");
    return GlobalSecondaryIndex.builder()
        .indexName(index.text("IndexName"))
        .keySchema(keys(index))
        .projection(
            Projection.builder()
                .projectionType(projection.text("ProjectionType"))
                .nonKeyAttributes(attributes.isEmpty() ? null : attributes)
                .build())
        .build();
  }

  private static List<KeySchemaElement> keys(Section section) {
    return section.list("KeySchema").stream()
        .map(
            key ->
                KeySchemaElement.builder()
                    .attributeName(key.text("AttributeName"))
                    .keyType(key.text("KeyType"))
                    .build())
        .toList();
  }

  private static boolean sameKeys(CreateTableRequest wanted, TableDescription there) {
    Set<Object> wantedIndexes =
        wanted.globalSecondaryIndexes().stream()
            .map(index -> List.of(index.indexName(), index.keySchema()))
            .collect(Collectors.toSet());
    Set<Object> thereIndexes = new HashSet<>();
    for (GlobalSecondaryIndexDescription index : there.globalSecondaryIndexes()) {
      thereIndexes.add(List.of(index.indexName(), index.keySchema()));
    }
    return wanted.keySchema().equals(there.keySchema())
        && Set.copyOf(wanted.attributeDefinitions())
            .equals(Set.copyOf(there.attributeDefinitions()))
        && wantedIndexes.equals(thereIndexes);
  }
}
