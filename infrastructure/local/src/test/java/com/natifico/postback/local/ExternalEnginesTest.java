package com.natifico.postback.local;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.natifico.postback.local.engine.Clients;
import com.natifico.postback.local.engine.ExternalEngines;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** A stack on external engines, which here are those of another stack. */
@Execution(ExecutionMode.CONCURRENT)
class ExternalEnginesTest {
  @TempDir private Path root;

  private LocalStack start(Map<String, String> switches) {
    Map<String, String> environment = new HashMap<>(switches);
    environment.put("PORT", "0");
    environment.putIfAbsent("PARAMETER_OVERRIDES", "Journal=none");
    return LocalStack.start(root, environment);
  }

  private static Map<String, String> on(LocalStack other) {
    return Map.of(
        ExternalEngines.TABLES, other.dynamoEndpoint().toString(),
        ExternalEngines.QUEUES, other.sqsEndpoint().toString());
  }

  @Test
  void usesUniqueNamesAndDeletesEverything() {
    TestProject.in(root);
    String journal = UUID.randomUUID().toString();
    Map<String, String> switches = new HashMap<>();
    switches.put("PARAMETER_OVERRIDES", "Journal=" + journal);
    try (LocalStack other = start(Map.of());
        DynamoDbClient dynamo = Clients.dynamo(other.dynamoEndpoint());
        SqsClient sqs = Clients.sqs(other.sqsEndpoint())) {
      List<String> tables = dynamo.listTables().tableNames();
      List<String> queues = sqs.listQueues().queueUrls();
      switches.putAll(on(other));
      try (LocalStack stack = start(switches);
          SqsClient itsSqs = Clients.sqs(stack.sqsEndpoint())) {
        String keys = stack.namePrefix() + "KeysTable";
        assertTrue(dynamo.listTables().tableNames().contains(keys));
        assertEquals(5, dynamo.scan(scan -> scan.tableName(keys)).count());
        String work = Objects.requireNonNull(stack.queueUrls().get("WorkQueue"));
        assertTrue(
            sqs.getQueueAttributes(
                    get -> get.queueUrl(work).attributeNames(QueueAttributeName.REDRIVE_POLICY))
                .attributes()
                .toString()
                .contains(stack.namePrefix() + "BrokenQueue"));

        itsSqs.sendMessage(send -> send.queueUrl(work).messageBody("m-1"));

        await().atMost(Duration.ofSeconds(60)).until(() -> !LocalJournal.of(journal).isEmpty());
      }
      assertEquals(tables, dynamo.listTables().tableNames());
      assertEquals(queues, sqs.listQueues().queueUrls());
    }
  }

  @Test
  void requiresBothEndpointsAndNoDirectory() {
    TestProject.in(root);
    Map<String, String> one = Map.of(ExternalEngines.TABLES, "http://127.0.0.1:1");
    assertTrue(failure(one).contains("belong together"));
    Map<String, String> folder =
        Map.of(
            ExternalEngines.TABLES,
            "http://127.0.0.1:1",
            ExternalEngines.QUEUES,
            "http://127.0.0.1:1",
            "DATA_DIR",
            "kept");
    assertTrue(failure(folder).contains("DATA_DIR"));
  }

  private String failure(Map<String, String> switches) {
    String message =
        String.valueOf(
            assertThrows(StartFailure.class, () -> start(switches).close()).getMessage());
    assertFalse(message.contains("\n"), message);
    return message;
  }
}
