package com.natifico.postback.local.permission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.natifico.postback.local.template.Account;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A call of DynamoDB or SQS in AWS's JSON protocol: its caller, and the permissions that it needs.
 */
record AwsCall(String accessKey, List<Permission> needs) {
  private static final Pattern CREDENTIAL = Pattern.compile("Credential=([^/,\\s]+)/");
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * @param target the header X-Amz-Target
   */
  static AwsCall of(@Nullable String authorization, @Nullable String target, byte[] body)
      throws IOException {
    String accessKey = accessKey(authorization);
    if (target == null) {
      return new AwsCall(accessKey, List.of(new Permission("unknown", "*")));
    }
    String operation = target.substring(target.indexOf('.') + 1);
    JsonNode json = body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body);
    return new AwsCall(
        accessKey,
        target.startsWith("AmazonSQS.") ? queue(operation, json) : tables(operation, json));
  }

  /** The key that signed a call; empty if it is not signed. */
  static String accessKey(@Nullable String authorization) {
    Matcher credential = CREDENTIAL.matcher(authorization == null ? "" : authorization);
    return credential.find() ? credential.group(1) : "";
  }

  private static List<Permission> queue(String operation, JsonNode json) {
    String url = json.path("QueueUrl").asText();
    return List.of(
        new Permission(
            // A batch needs the permission of the single call.
            "sqs:" + operation.replaceFirst("Batch$", ""),
            Account.arn("sqs", url.substring(url.lastIndexOf('/') + 1))));
  }

  private static List<Permission> tables(String operation, JsonNode json) {
    List<Permission> needs = new ArrayList<>();
    if (json.has("TransactItems")) {
      // Each member needs the permission of the corresponding single call, PutItem for
      // Put and ConditionCheckItem for ConditionCheck (DynamoDB's developer guide, IAM and
      // transactions).
      for (JsonNode item : json.path("TransactItems")) {
        item.properties()
            .forEach(
                part ->
                    needs.add(
                        new Permission(
                            "dynamodb:" + part.getKey() + "Item",
                            table(part.getValue().path("TableName").asText()))));
      }
    } else if (json.has("RequestItems")) {
      json.path("RequestItems")
          .fieldNames()
          .forEachRemaining(
              name -> needs.add(new Permission("dynamodb:" + operation, table(name))));
    } else {
      String table = table(json.path("TableName").asText("*"));
      String index = json.path("IndexName").asText("");
      needs.add(
          new Permission(
              "dynamodb:" + operation, index.isEmpty() ? table : table + "/index/" + index));
    }
    return needs;
  }

  private static String table(String name) {
    return name.startsWith("arn:") ? name : Account.arn("dynamodb", "table/" + name);
  }
}
