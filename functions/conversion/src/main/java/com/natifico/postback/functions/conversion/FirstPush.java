package com.natifico.postback.functions.conversion;

import com.natifico.postback.aws.client.AwsClients;
import com.natifico.postback.aws.log.Log;
import com.natifico.postback.aws.metric.EmbeddedMetrics;
import com.natifico.postback.aws.metric.Metrics;
import com.natifico.postback.aws.snapshot.Priming;
import com.natifico.postback.aws.snapshot.Rehearsal;
import com.natifico.postback.contract.input.Input;
import com.natifico.postback.contract.input.JsonInput;
import com.natifico.postback.directory.SeenAffiliates;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Simulates the first push of a restored snapshot before the snapshot is taken. */
final class FirstPush {
  private static final String AFFILIATE = SeenAffiliates.PRIMING;

  /** Every snapshot pushes the same event, so that all of them share one row with one TTL. */
  private static final String PUSH =
      """
      {"version": "2.0", "routeKey": "POST /v1/conversions", "rawPath": "/v1/conversions",
       "rawQueryString": "", "headers": {"content-type": "application/json", "host": "localhost"},
       "requestContext": {
         "authorizer": {"lambda": {"role": "network", "key_id": "priming"}},
         "http": {"method": "POST", "path": "/v1/conversions", "protocol": "HTTP/1.1",
                  "sourceIp": "192.0.2.1", "userAgent": "priming"},
         "requestId": "priming", "stage": "$default", "timeEpoch": 1793491200000},
       "body": "{\\"conversion_id\\": \\"priming\\", \\"affiliate_id\\": \\"%s\\",\
       \\"offer_id\\": \\"priming\\", \\"status\\": \\"approved\\", \\"goal\\": \\"priming\\",\
       \\"sum\\": \\"1.00\\", \\"currency\\": \\"USD\\", \\"geo\\": \\"DE\\",\
       \\"ref_id\\": \\"priming\\", \\"ip\\": \\"192.0.2.1\\",\
       \\"occurred_at\\": \\"2026-11-01T00:00:00Z\\"}",
       "isBase64Encoded": false}
      """
          .formatted(AFFILIATE);

  private static final String ONE_POSTBACK =
      """
      {"Count": 1, "ScannedCount": 1, "Items": [{
        "affiliate_id": {"S": "%s"}, "sk": {"S": "p#pb_priming"}, "scope": {"S": "global"},
        "postback_id": {"S": "pb_priming"}, "method": {"S": "GET"},
        "url": {"S": "https://example.com/?cid={ref_id}&sum={sum}&at={date}&d={delivery_id}"},
        "statuses": {"L": [{"S": "approved"}]}, "goals": {"L": [{"S": "priming"}]},
        "also_global": {"BOOL": false}, "state": {"S": "active"}, "version": {"N": "1"},
        "created_at": {"S": "2026-11-01T00:00:00Z"},
        "updated_at": {"S": "2026-11-01T00:00:00Z"}}]}
      """
          .formatted(AFFILIATE);

  /** Every event is new and has one callback, which the queue accepts. */
  private static final Map<String, UnaryOperator<String>> ANSWERS =
      Map.of(
          "Query", _ -> ONE_POSTBACK,
          "PutItem", _ -> "{}",
          "SendMessageBatch", FirstPush::taken);

  private FirstPush() {}

  /**
   * Primes the function, see {@link Priming}. The affiliate has no postbacks, so the real request
   * sends nothing.
   *
   * @param parts the function's own services
   */
  static Priming prime(Map<String, String> environment, ConversionComposition parts) {
    ConversionFunction silent = new ConversionFunction(parts.withMetrics(Metrics.NONE));
    return Priming.with(
        () -> rehearsal(environment),
        () -> {
          Rehearsal.http(PUSH, silent);
          parts.primeQueue().run();
        },
        Log.errors());
  }

  private static Runnable rehearsal(Map<String, String> environment) {
    Map<String, String> variables = new HashMap<>(environment);
    // With a cache, the postbacks would only be read once.
    variables.put("POSTBACK_CACHE_SECONDS", "0");
    ConversionComposition parts =
        ConversionComposition.of(variables, AwsClients.rehearsed(variables, ANSWERS));
    ConversionFunction rehearsed =
        new ConversionFunction(
            parts.withMetrics(EmbeddedMetrics.discarded(InstantSource.system())));
    return () -> Rehearsal.http(PUSH, rehearsed);
  }

  /** The response to a batch; the client compares its checksums with what it sent. */
  private static String taken(String batch) {
    if (JsonInput.object(batch).members().get("Entries") instanceof Input.Array(List<Input> entries)
        && entries.getFirst() instanceof Input.Obj(Map<String, Input> message)
        && message.get("MessageBody") instanceof Input.Text(String body)) {
      return """
      {"Successful": [{"Id": "0", "MessageId": "priming", "MD5OfMessageBody": "%s"}], "Failed": []}
      """
          .formatted(md5(body));
    }
    throw new IllegalStateException("not a batch of messages: " + batch);
  }

  private static String md5(String body) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("MD5").digest(body.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has MD5", e);
    }
  }
}
