package com.natifico.postback.benchmarks.endtoend;

import com.natifico.postback.benchmarks.conversion.Pushes;
import com.natifico.postback.local.LocalStack;
import com.natifico.postback.local.engine.Clients;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** The local stack with one affiliate's postback, and both ways from a push to the tracker. */
final class Stack implements AutoCloseable {
  /** Pushes conversions together and returns when they are accepted. */
  @FunctionalInterface
  interface Push {
    void push(List<String> conversionIds) throws Exception;
  }

  /** A way from the push to the tracker, over this queue. */
  record Way(String queueUrl, Push push) {}

  private final LocalStack stack;
  private final BenchmarkTracker tracker = new BenchmarkTracker();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final SqsClient sqs;
  private final IdealLoop loop;
  private final Way ours;
  private final Way ideal;

  /**
   * @param root the project's root
   * @param concurrency how many batches the ideal loop delivers at the same time
   */
  Stack(Path root, int concurrency) throws IOException, InterruptedException {
    // The batching window is an intended wait, so it is off.
    String parameters = "EgressAllow=127.0.0.0/8 SenderBatchSize=10 SenderBatchWindowSeconds=0";
    stack =
        LocalStack.start(
            root, Map.of("PORT", "0", "DEMO", "false", "PARAMETER_OVERRIDES", parameters));
    sqs = Clients.sqs(stack.sqsEndpoint());
    String postback = "{\"url\": \"" + tracker.url("{conversion_id}") + "\"}";
    send("/v1/affiliates/77/postbacks", "local-affiliate-77", postback, 201);
    ours = new Way(Objects.requireNonNull(stack.queueUrls().get("CallbackQueue")), this::push);
    loop = new IdealLoop(stack.dynamoEndpoint(), sqs, this::call, concurrency);
    ideal = new Way(loop.queueUrl(), loop::push);
  }

  /** Pushes as an ad network does, over HTTP. */
  private void push(List<String> ids) throws IOException, InterruptedException {
    if (ids.size() == 1) {
      send("/v1/conversions", "local-network", Pushes.conversion(ids.getFirst()), 202);
      return;
    }
    String body =
        ids.stream()
            .map(Pushes::conversion)
            .collect(Collectors.joining(",", "{\"conversions\":[", "]}"));
    send("/v1/conversions/batch", "local-network", body, 200);
  }

  private void send(String path, String key, String body, int expected)
      throws IOException, InterruptedException {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + stack.port() + path))
                .header("authorization", "Bearer " + key)
                .POST(BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString());
    if (answer.statusCode() != expected || answer.body().contains("\"status\":5")) {
      throw new IOException(answer.statusCode() + " " + answer.body());
    }
  }

  private void call(String conversionId) throws IOException, InterruptedException {
    http.send(
        HttpRequest.newBuilder(URI.create(tracker.url(conversionId))).build(),
        BodyHandlers.discarding());
  }

  /** How many messages are waiting or in flight. */
  int messages(Way way) {
    return sqs
        .getQueueAttributes(
            get ->
                get.queueUrl(way.queueUrl())
                    .attributeNames(
                        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
        .attributes()
        .values()
        .stream()
        .mapToInt(Integer::parseInt)
        .sum();
  }

  BenchmarkTracker tracker() {
    return tracker;
  }

  Way ours() {
    return ours;
  }

  Way ideal() {
    return ideal;
  }

  @Override
  public void close() {
    loop.close();
    stack.close();
    sqs.close();
    http.close();
    tracker.close();
  }
}
