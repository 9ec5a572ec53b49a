package com.natifico.postback.benchmarks.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.natifico.postback.local.server.LoopbackServer;
import com.natifico.postback.local.server.LoopbackServer.Answer;
import com.natifico.postback.local.server.LoopbackServer.Received;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.StringJoiner;
import java.util.concurrent.locks.LockSupport;

/**
 * Responds like DynamoDB and SQS, after {@value #DYNAMO_DB_MS} and {@value #SQS_MS} ms, their
 * latency within a region. It stores nothing and has one postback.
 */
public final class AwsStub {
  static final int DYNAMO_DB_MS = 3;
  static final int SQS_MS = 8;

  /** The owner of the postback. */
  public static final String AFFILIATE = "77";

  public static final String OFFER = "1042";
  public static final String POSTBACK = "pb_1m6e94cj0001";

  /** The postback's template. */
  public static final String URL =
      "https://track.example.com/postback?cid={ref_id}&payout={sum}&cur={currency}"
          + "&txid={transactionid}&status={status}&geo={geo}";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ITEM =
      """
      {"affiliate_id": {"S": "77"}, "sk": {"S": "p#%s"}, "scope": {"S": "77#offer#1042"},
       "postback_id": {"S": "%s"}, "offer_id": {"S": "1042"}, "url": {"S": "%s"},
       "method": {"S": "GET"}, "statuses": {"L": [{"S": "approved"}]}, "state": {"S": "active"},
       "created_at": {"S": "2026-11-02T14:03:09Z"}, "updated_at": {"S": "2026-11-02T14:03:09Z"},
       "version": {"N": "1"}}"""
          .formatted(POSTBACK, POSTBACK, URL);

  private AwsStub() {}

  /** Starts the stub and prints its port. */
  public static void main(String[] arguments) throws IOException {
    Child.serve(LoopbackServer.answering(AwsStub::answer).port());
  }

  private static Answer answer(Received request) throws IOException {
    String target = request.header("x-amz-target");
    String operation = target.substring(target.indexOf('.') + 1);
    String body =
        switch (operation) {
          case "PutItem", "UpdateItem" -> "{}";
          case "GetItem" -> request.text().contains("p#pb") ? "{\"Item\": " + ITEM + "}" : "{}";
          case "Query" -> query(request.text());
          case "SendMessageBatch" -> sent(JSON.readTree(request.text()));
          default -> throw new IOException("unknown operation: " + target);
        };
    boolean sqs = target.startsWith("AmazonSQS");
    LockSupport.parkNanos((sqs ? SQS_MS : DYNAMO_DB_MS) * 1_000_000L);
    return Answer.ok("application/x-amz-json-1.0", body);
  }

  /** The postback belongs to the offer; there is no global one. */
  private static String query(String request) {
    return request.contains("#offer#")
        ? "{\"Items\": [" + ITEM + "], \"Count\": 1, \"ScannedCount\": 1}"
        : "{\"Items\": [], \"Count\": 0, \"ScannedCount\": 0}";
  }

  private static String sent(JsonNode request) {
    StringJoiner sent = new StringJoiner(", ", "{\"Successful\": [", "], \"Failed\": []}");
    for (JsonNode entry : request.path("Entries")) {
      sent.add(
          "{\"Id\": \"%s\", \"MessageId\": \"m-%s\", \"MD5OfMessageBody\": \"%s\"}"
              .formatted(
                  entry.path("Id").asText(),
                  entry.path("Id").asText(),
                  md5(entry.path("MessageBody").asText())));
    }
    return sent.toString();
  }

  private static String md5(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
