package com.natifico.postback.benchmarks.conversion;

import com.natifico.postback.aws.client.AwsClients;
import com.natifico.postback.aws.testing.Meter;
import com.natifico.postback.benchmarks.Figure;
import com.natifico.postback.benchmarks.process.AwsStub;
import com.natifico.postback.benchmarks.process.Child;
import com.natifico.postback.benchmarks.process.Together;
import com.natifico.postback.benchmarks.process.Usage;
import com.natifico.postback.functions.conversion.ConversionFunction;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;

/**
 * Compares the whole handler with the same requests sent directly by clients with the same
 * settings, against a stub in a separate process.
 */
public final class Accepting implements AutoCloseable {
  private static final int BATCH = 100;

  /** Enough threads that waiting does not dominate the result. */
  private static final int THREADS = 8;

  /**
   * The number of calls of each way before measuring. Code that runs once per conversion is fully
   * compiled after about 15,000 calls (Tier4CompileThreshold), but the code of the requests, which
   * runs many times per conversion, much earlier. A shorter warm-up would measure the order of
   * compilation.
   */
  private static final int WARM = 16_000;

  private static final int WARMING_THREADS = 64;

  /**
   * These threads live during the whole measurement, because the processor time of ended threads is
   * not counted.
   */
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

  private final Child stub;
  private final Pushes pushes;
  private final DynamoDbClient dynamoDb;
  private final SqsClient sqs;

  private Accepting() throws Exception {
    stub = Child.start(AwsStub.class);
    Map<String, String> environment = environment(stub.ports().getFirst());
    pushes = new Pushes(new ConversionFunction(environment));
    AwsClients clients = new AwsClients(environment);
    dynamoDb = clients.dynamoDb();
    sqs = clients.sqs();
  }

  /** A function's environment with all AWS endpoints on this port. */
  public static Map<String, String> environment(int port) {
    String endpoint = "http://127.0.0.1:" + port;
    return Map.ofEntries(
        Map.entry("AWS_ENDPOINT_URL_DYNAMODB", endpoint),
        Map.entry("AWS_ENDPOINT_URL_SQS", endpoint),
        Map.entry("AWS_REGION", "us-east-1"),
        Map.entry("AWS_ACCESS_KEY_ID", "local"),
        Map.entry("AWS_SECRET_ACCESS_KEY", "local"),
        Map.entry("POSTBACKS_TABLE", "postbacks"),
        Map.entry("EVENTS_TABLE", "events"),
        Map.entry("DELIVERIES_TABLE", "deliveries"),
        Map.entry("KEYS_TABLE", "keys"),
        Map.entry("LIMITS_TABLE", "limits"),
        Map.entry("PUSHES_TABLE", "pushes"),
        Map.entry("SECRETS_TABLE", "secrets"),
        Map.entry("STATISTICS_TABLE", "statistics"),
        Map.entry("CALLBACK_QUEUE_URL", endpoint + "/000000000000/callbacks"),
        Map.entry("RETRY_QUEUE_URL", endpoint + "/000000000000/retries"),
        Map.entry("SLOW_QUEUE_URL", endpoint + "/000000000000/slow"),
        Map.entry("DEAD_LETTER_QUEUE_URL", endpoint + "/000000000000/letters"),
        Map.entry("POSTBACK_CACHE_SECONDS", "300"),
        Map.entry("EGRESS_ALLOW", "127.0.0.0/8"),
        Map.entry("RETENTION_DAYS", "90"));
  }

  /** See {@code Benchmark}. */
  public static List<Figure> run(Path root, PrintStream out) throws Exception {
    try (Accepting accepting = new Accepting()) {
      return accepting.measure(out);
    }
  }

  /** The usage of a conversion in a warm function, single and in a batch of 100. */
  public static List<Usage> usages() throws Exception {
    try (Accepting accepting = new Accepting()) {
      return List.of(accepting.single(12).measured(), accepting.batches(12).measured());
    }
  }

  private List<Figure> measure(PrintStream out) throws Exception {
    List<Figure> figures = new ArrayList<>();
    Usage.Pair single = single(Integer.getInteger("rounds", 30));
    figures.addAll(report(out, "single", single));
    Usage.Pair batches = batches(Integer.getInteger("rounds", 30));
    figures.addAll(report(out, "batch", batches));
    return figures;
  }

  private Usage.Pair single(int rounds) throws Exception {
    pushes.single();
    List<SdkRequest> requests = Meter.requestsOf(pushes::single);
    Runnable calls = () -> requests.forEach(this::send);
    try (ExecutorService warming = Executors.newFixedThreadPool(WARMING_THREADS)) {
      onThreads(warming, WARMING_THREADS, WARM, pushes::single);
      onThreads(warming, WARMING_THREADS, WARM, calls);
    }
    return Usage.compare(
        rounds,
        400,
        operations -> onThreads(threads, THREADS, operations, pushes::single),
        operations -> onThreads(threads, THREADS, operations, calls));
  }

  private Usage.Pair batches(int rounds) throws Exception {
    pushes.batch(BATCH);
    List<SdkRequest> requests = Meter.requestsOf(() -> pushes.batch(BATCH));
    List<SdkRequest> puts = requests.stream().filter(PutItemRequest.class::isInstance).toList();
    List<SdkRequest> sends =
        requests.stream().filter(SendMessageBatchRequest.class::isInstance).toList();
    return Usage.compare(
        rounds,
        10 * BATCH,
        operations -> {
          for (int i = 0; i < operations; i += BATCH) {
            pushes.batch(BATCH);
          }
        },
        operations -> {
          for (int i = 0; i < operations; i += BATCH) {
            Together.run(puts, this::send);
            Together.run(sends, this::send);
          }
        });
  }

  private static List<Figure> report(PrintStream out, String name, Usage.Pair pair) {
    out.printf(
        Locale.ROOT,
        "%-7s %s; %.0f conversions per second and core%n",
        name,
        pair.inWords("the calls alone"),
        1e6 / pair.measured().cpuMicros());
    return List.of(
        Figure.of("conversion-" + name + "-cpu", pair, Usage::cpuMicros, "us", 1.3),
        Figure.of("conversion-" + name + "-allocation", pair, Usage::bytes, "bytes", 1.5));
  }

  private static void onThreads(
      ExecutorService pool, int threads, int operations, Runnable operation) throws Exception {
    Together.run(
        pool,
        Collections.nCopies(threads, operation),
        each -> {
          for (int i = 0; i < operations / threads; i++) {
            each.run();
          }
        });
  }

  private void send(SdkRequest request) {
    switch (request) {
      case PutItemRequest put -> dynamoDb.putItem(put);
      case SendMessageBatchRequest batch -> sqs.sendMessageBatch(batch);
      default -> throw new IllegalStateException("an unexpected call: " + request);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    dynamoDb.close();
    sqs.close();
    stub.close();
  }
}
