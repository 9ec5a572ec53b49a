package com.natifico.postback.aws.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class AwsClientsTest {
  @Test
  void reportsAMissingRegion() {
    AwsClients clients = new AwsClients(Map.of());
    var e = assertThrows(IllegalStateException.class, clients::dynamoDb);
    assertEquals("The environment variable AWS_REGION is missing.", e.getMessage());
  }

  @Test
  void findsTheRealServicesWithoutEndpoints() {
    AwsClients clients =
        new AwsClients(
            Map.of(
                "AWS_REGION", "eu-central-1",
                "AWS_ACCESS_KEY_ID", "id",
                "AWS_SECRET_ACCESS_KEY", "secret",
                "AWS_SESSION_TOKEN", "token"));
    try (var dynamoDb = clients.dynamoDb();
        var sqs = clients.sqs()) {
      assertEquals("eu-central-1", dynamoDb.serviceClientConfiguration().region().id());
      assertEquals("eu-central-1", sqs.serviceClientConfiguration().region().id());
    }
  }
}
