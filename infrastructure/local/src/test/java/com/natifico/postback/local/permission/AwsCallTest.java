package com.natifico.postback.local.permission;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.natifico.postback.local.template.Account;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class AwsCallTest {
  private static final String SIGNED =
      "AWS4-HMAC-SHA256 Credential=SenderFunction/20261122/us-east-1/dynamodb/aws4_request, Si...";

  private static AwsCall call(String target, String body) throws Exception {
    return AwsCall.of(SIGNED, target, body.getBytes(StandardCharsets.UTF_8));
  }

  private static Permission table(String action, String name) {
    return new Permission("dynamodb:" + action, Account.arn("dynamodb", "table/" + name));
  }

  @Test
  void readsTheAccessKey() throws Exception {
    assertEquals("SenderFunction", call("DynamoDB_20120810.GetItem", "{}").accessKey());
    assertEquals("", AwsCall.of(null, "AmazonSQS.SendMessage", new byte[0]).accessKey());
  }

  @Test
  void needsTheActionOnTheTable() throws Exception {
    assertEquals(
        List.of(table("GetItem", "a")),
        call("DynamoDB_20120810.GetItem", "{\"TableName\":\"a\"}").needs());
  }

  @Test
  void needsTheIndexAndNotTheTable() throws Exception {
    assertEquals(
        List.of(table("Query", "a/index/i")),
        call("DynamoDB_20120810.Query", "{\"TableName\":\"a\",\"IndexName\":\"i\"}").needs());
  }

  @Test
  void needsEveryTableOfABatch() throws Exception {
    assertEquals(
        List.of(table("BatchGetItem", "a"), table("BatchGetItem", "b")),
        call("DynamoDB_20120810.BatchGetItem", "{\"RequestItems\":{\"a\":{},\"b\":{}}}").needs());
  }

  @Test
  void needsThePermissionOfEachMemberOfATransaction() throws Exception {
    assertEquals(
        List.of(table("PutItem", "a"), table("ConditionCheckItem", "b")),
        call(
                "DynamoDB_20120810.TransactWriteItems",
                """
                {"TransactItems": [{"Put": {"TableName": "a"}},
                                   {"ConditionCheck": {"TableName": "b"}}]}
                """)
            .needs());
  }

  @Test
  void needsThePermissionOfTheSingleCallForABatch() throws Exception {
    assertEquals(
        List.of(new Permission("sqs:SendMessage", Account.arn("sqs", "q"))),
        call("AmazonSQS.SendMessageBatch", "{\"QueueUrl\":\"http://localhost:9/0000/q\"}").needs());
  }

  @Test
  void needsAPermissionThatNoRoleHasForAnUnknownProtocol() throws Exception {
    assertEquals(
        List.of(new Permission("unknown", "*")), AwsCall.of(SIGNED, null, new byte[0]).needs());
  }
}
