package com.natifico.postback.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.natifico.postback.local.engine.Clients;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Which configurations start, and what remains after a restart. */
class StartingTest {
  @TempDir private Path root;

  private LocalStack start(String... switches) {
    Map<String, String> environment = new HashMap<>();
    environment.put("PORT", "0");
    environment.put("PARAMETER_OVERRIDES", "Journal=none");
    for (int i = 0; i < switches.length; i += 2) {
      environment.put(switches[i], switches[i + 1]);
    }
    return LocalStack.start(root, environment);
  }

  private String failure(String... switches) {
    StartFailure failure = assertThrows(StartFailure.class, () -> start(switches).close());
    String message = String.valueOf(failure.getMessage());
    assertFalse(message.contains("\n"), message);
    return message;
  }

  @ParameterizedTest
  @CsvSource({
    "PORT, http, PORT=http is not a port: give a number from 0 to 65535.",
    "PORT, 65536, PORT=65536 is not a port: give a number from 0 to 65535.",
    "DYNAMODB_PORT, x, DYNAMODB_PORT=x is not a port: give a number from 0 to 65535.",
    "DEMO, maybe, DEMO=maybe is not true or false.",
    "PARAMETER_OVERRIDES, Keep=-x, PARAMETER_OVERRIDES: the parameter Journal has no default:"
        + " give it as Journal=...",
  })
  void refusesASwitchThatCannotBe(String name, String value, String message) {
    TestProject.in(root);
    assertEquals(message, failure(name, value));
  }

  @Test
  void saysThatThePortIsTaken() throws Exception {
    TestProject.in(root);
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = socket.getLocalPort();
      String message = failure("PORT", String.valueOf(port));
      assertTrue(message.startsWith("Port " + port + " is taken: "), message);
    }
  }

  @Test
  void saysThatThereIsNoTemplate() {
    assertTrue(failure().endsWith("template.yaml is missing: run this from the project's root."));
  }

  @Test
  void saysThatAPackageIsMissing() throws Exception {
    Files.delete(TestProject.in(root).resolve("echo.zip"));
    assertTrue(failure().endsWith("echo.zip is missing: build it with mvn package -DskipTests."));
  }

  @Test
  void refusesAnEventSourceThatItCannotServe() throws Exception {
    Path template = TestProject.in(root).resolve("template.yaml");
    Files.writeString(
        template, Files.readString(template).replace("Type: SQS", "Type: CloudWatchLogs"));
    assertEquals(
        "template.yaml.Resources.BatchFunction.Properties.Events.Messages.Type is CloudWatchLogs,"
            + " which the local stack cannot serve.",
        failure());
  }

  @ParameterizedTest
  @ValueSource(strings = {"$default", "/open/{name+}"})
  void refusesARouteThatItCannotServe(String path) throws Exception {
    Path template = TestProject.in(root).resolve("template.yaml");
    Files.writeString(template, Files.readString(template).replace("/open/{name}", path));
    assertEquals(
        "template.yaml.Resources.EchoFunction.Properties.Events.Open.Properties.Path is "
            + path
            + ": the local stack serves fixed segments and {parameters} only.",
        failure());
  }

  @Test
  void saysThatTheDataDirectoryCannotBeWritten() throws Exception {
    Path file = Files.createFile(TestProject.in(root).resolve("file"));
    String message = failure("DATA_DIR", file.toString());
    assertTrue(message.startsWith("DATA_DIR=" + file + " cannot be written"), message);
  }

  @Test
  void keepsTablesAndQueuesInTheDataDirectory() {
    TestProject.in(root);
    try (LocalStack stack = start("DATA_DIR", "kept");
        DynamoDbClient dynamo = Clients.dynamo(stack.dynamoEndpoint());
        SqsClient sqs = Clients.sqs(stack.sqsEndpoint())) {
      dynamo.putItem(request -> request.tableName("KeysTable").item(Map.of("key_id", key("kept"))));
      sqs.sendMessage(request -> request.queueUrl(broken(stack)).messageBody("kept"));
      assertTrue(
          failure("DATA_DIR", "kept").contains("is in use by another local stack"),
          "a second stack must not write there, too");
    }
    try (LocalStack stack =
            start("DATA_DIR", "kept", "PARAMETER_OVERRIDES", "Journal=none Visibility=17");
        DynamoDbClient dynamo = Clients.dynamo(stack.dynamoEndpoint());
        SqsClient sqs = Clients.sqs(stack.sqsEndpoint())) {
      assertTrue(
          dynamo
              .getItem(request -> request.tableName("KeysTable").key(Map.of("key_id", key("kept"))))
              .hasItem());
      assertEquals(
          "kept",
          sqs.receiveMessage(request -> request.queueUrl(broken(stack)).waitTimeSeconds(20))
              .messages()
              .getFirst()
              .body());
      assertEquals(
          Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "17"),
          sqs.getQueueAttributes(
                  request ->
                      request
                          .queueUrl(stack.queueUrls().get("WorkQueue"))
                          .attributeNames(QueueAttributeName.VISIBILITY_TIMEOUT))
              .attributes());
    }
  }

  private static AttributeValue key(String value) {
    return AttributeValue.fromS(value);
  }

  private static String broken(LocalStack stack) {
    return stack.queueUrls().getOrDefault("BrokenQueue", "");
  }

  @Test
  void knowsTheLocalKeys() {
    TestProject.in(root);
    try (LocalStack stack = start();
        DynamoDbClient dynamo = Clients.dynamo(stack.dynamoEndpoint())) {
      Map<String, AttributeValue> network =
          dynamo
              .getItem(
                  request ->
                      request
                          .tableName("KeysTable")
                          .key(Map.of("key_id", key("kea5ff7793c5acb5c"))))
              .item();
      assertEquals(5, dynamo.scan(request -> request.tableName("KeysTable")).count());
      assertEquals(key("network"), network.get("role"));
      assertEquals(
          key("ea5ff7793c5acb5ce9b1b2400b765a0b414f223a7ab6ae329a9b5fabffa8c5ec"),
          network.get("hash"));
    }
  }
}
