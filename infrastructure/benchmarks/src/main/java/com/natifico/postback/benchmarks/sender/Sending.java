package com.natifico.postback.benchmarks.sender;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.natifico.postback.aws.client.AwsClients;
import com.natifico.postback.aws.testing.Meter;
import com.natifico.postback.aws.testing.TimeLeft;
import com.natifico.postback.benchmarks.Figure;
import com.natifico.postback.benchmarks.conversion.Accepting;
import com.natifico.postback.benchmarks.process.AwsStub;
import com.natifico.postback.benchmarks.process.Child;
import com.natifico.postback.benchmarks.process.Endpoints;
import com.natifico.postback.benchmarks.process.Together;
import com.natifico.postback.benchmarks.process.Usage;
import com.natifico.postback.functions.sender.SenderFunction;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/** Measures whole batches with the deployed handler class, and single deliveries. */
public final class Sending implements AutoCloseable {
  private static final int BATCH = 100;
  private static final int SLOW_MS = 300;

  private final Certificate certificate = Certificate.trusted();
  private final Child stub = Child.start(AwsStub.class);
  private final Child endpoints =
      Child.start(Endpoints.class, certificate.keys().toString(), Certificate.PASSWORD);
  private final Map<String, String> environment = Accepting.environment(stub.ports().getFirst());
  private final SenderFunction function = new SenderFunction(environment);
  private final PrintStream out;

  private Sending(PrintStream out) throws Exception {
    this.out = out;
  }

  /** See {@code Benchmark}. */
  public static List<Figure> run(Path root, PrintStream out) throws Exception {
    try (Sending sending = new Sending(out)) {
      return sending.measure();
    }
  }

  private List<Figure> measure() throws Exception {
    List<Figure> figures = new ArrayList<>();
    int rounds = Integer.getInteger("rounds", 12);
    try (Delivering delivering = new Delivering()) {
      figures.add(cpu(delivering, "http", http() + "/0", rounds));
      figures.add(cpu(delivering, "https", https() + "/0", rounds));
      figures.add(cpu(delivering, "http-new-connections", http() + "/close/0", rounds));
      figures.add(cpu(delivering, "https-new-connections", https() + "/close/0", rounds / 3 + 3));
    }
    log(rounds);
    walls();
    figures.add(wholeBatch());
    figures.add(hanging());
    return figures;
  }

  private String http() {
    return "http://127.0.0.1:" + endpoints.ports().get(0);
  }

  private String otherHttp() {
    return "http://127.0.0.1:" + endpoints.ports().get(1);
  }

  private String https() {
    return "https://127.0.0.1:" + endpoints.ports().get(2);
  }

  private Figure cpu(Delivering delivering, String name, String address, int rounds)
      throws Exception {
    String url = Messages.url(address);
    Usage.Pair pair =
        Usage.compare(
            rounds,
            10 * BATCH,
            deliveries -> delivering.ours(deliveries, BATCH, url),
            deliveries -> delivering.bare(deliveries, BATCH, url));
    out.printf(
        Locale.ROOT,
        "%-22s %s; %.0f deliveries per second and core%n",
        name,
        pair.inWords("HttpClient"),
        1e6 / pair.measured().cpuMicros());
    return Figure.of("sender-cpu-" + name, pair, Usage::cpuMicros, "us", 1.5);
  }

  /** Measures the log's read and write, which are the SDK's own work in both columns. */
  private void log(int rounds) throws Exception {
    out.println("with the log            " + withLog(rounds, BATCH).inWords("its calls alone"));
  }

  private Usage.Pair withLog(int rounds, int batch) throws Exception {
    send(List.of(http() + "/0"));
    SQSEvent another = Messages.batch(List.of(Messages.url(http() + "/0")));
    List<SdkRequest> requests =
        Meter.requestsOf(() -> function.handleRequest(another, TimeLeft.AMPLE));
    try (DynamoDbClient client = new AwsClients(environment).dynamoDb()) {
      return Usage.compare(
          rounds,
          5 * BATCH,
          deliveries -> {
            for (int i = 0; i < deliveries; i += batch) {
              send(Collections.nCopies(batch, http() + "/0"));
            }
          },
          deliveries -> {
            for (int i = 0; i < deliveries; i += batch) {
              Together.run(
                  Collections.nCopies(batch, requests),
                  each -> each.forEach(request -> call(client, request)));
            }
          });
    }
  }

  /** The usage of a delivery in a warm sender in batches of this size, including the log. */
  public static Usage usage(int batch) throws Exception {
    try (Sending sending =
        new Sending(new PrintStream(OutputStream.nullOutputStream(), false, UTF_8))) {
      return sending.withLog(12, batch).measured();
    }
  }

  private static void call(DynamoDbClient client, SdkRequest request) {
    switch (request) {
      case GetItemRequest get -> client.getItem(get);
      case PutItemRequest put -> client.putItem(put);
      default -> throw new IllegalStateException("an unexpected call: " + request);
    }
  }

  /** Prints the wall time of batches of every size with endpoints of every latency. */
  private void walls() {
    out.printf("%-10s %8s %8s %8s   ms for the batch%n", "batch of", "20 ms", "300 ms", "3000 ms");
    for (int size : new int[] {1, 10, 100, 1000}) {
      out.printf(
          Locale.ROOT,
          "%-10d %8.0f %8.0f %8.0f%n",
          size,
          fastest(3, size, 20),
          fastest(3, size, 300),
          fastest(1, size, 3000));
    }
  }

  private Figure wholeBatch() {
    double best = fastest(8, BATCH, SLOW_MS);
    return new Figure("sender-batch-of-100-at-300-ms", best, "ms", SLOW_MS, 1.15);
  }

  /** The minimum time in milliseconds of a batch of this size with endpoints of this latency. */
  private double fastest(int times, int size, int paceMs) {
    List<String> addresses = Collections.nCopies(size, http() + "/" + paceMs);
    return IntStream.range(0, times).mapToDouble(_ -> send(addresses)).min().orElseThrow();
  }

  /**
   * Measures the time until 90 of 100 deliveries are recorded, with ten hanging endpoints and
   * without.
   */
  private Figure hanging() throws Exception {
    List<String> well = Collections.nCopies(90, http() + "/" + SLOW_MS);
    double alone = Double.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      alone = Math.min(alone, recorded(well, 90).toRecord());
    }
    List<String> mixed = new ArrayList<>(Collections.nCopies(10, otherHttp() + "/hang"));
    mixed.addAll(well);
    Recorded with = recorded(mixed, 90);
    out.printf(
        Locale.ROOT,
        "10 of 100 hanging       the other 90 recorded after %.0f ms, the batch over after %.0f ms%n",
        with.toRecord(),
        with.toEnd());
    return new Figure("sender-90-beside-10-hanging", with.toRecord(), "ms", alone, 1.15);
  }

  /**
   * The times until the expected records were written and until the batch ended, in milliseconds.
   */
  private record Recorded(double toRecord, double toEnd) {}

  private Recorded recorded(List<String> addresses, int records) throws Exception {
    long start = System.nanoTime();
    Puts.expect(records);
    double end = send(addresses);
    return new Recorded((Puts.reachedAt() - start) / 1e6, end);
  }

  /** Returns the milliseconds; throws if a message failed. */
  private double send(List<String> addresses) {
    SQSEvent event = Messages.batch(addresses.stream().map(Messages::url).toList());
    long start = System.nanoTime();
    SQSBatchResponse response = function.handleRequest(event, TimeLeft.AMPLE);
    double took = (System.nanoTime() - start) / 1e6;
    if (!response.getBatchItemFailures().isEmpty()) {
      throw new IllegalStateException("came back: " + response.getBatchItemFailures().size());
    }
    return took;
  }

  @Override
  public void close() throws IOException {
    endpoints.close();
    stub.close();
    certificate.close();
  }
}
