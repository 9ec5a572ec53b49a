package com.natifico.postback.local.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.natifico.postback.local.function.FunctionError;
import com.natifico.postback.local.function.LocalFunction;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/**
 * Passes the changes of a table to a function in batches, as Lambda does: those that match a
 * filter, one batch of a shard at a time, in order, and again from the first record that the
 * function reports as failed. A mapping that starts at the beginning of the stream repeats what the
 * stream still has after a restart; one that starts at its end does not get what was left.
 */
public final class StreamMapping implements AutoCloseable {
  private static final Duration BETWEEN_READS = Duration.ofMillis(200);
  private static final Duration AFTER_A_FAILURE = Duration.ofSeconds(1);

  private final StreamMappingSettings settings;
  private final StreamReader reader;
  private final LocalFunction function;
  private final StreamEvents events;
  private final ObjectMapper json;

  /** The records of each shard that are not processed yet. */
  private final Map<String, List<Record>> waiting = new LinkedHashMap<>();

  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread;

  private StreamMapping(
      StreamMappingSettings settings,
      StreamReader reader,
      LocalFunction function,
      ObjectMapper json) {
    this.settings = settings;
    this.reader = reader;
    this.function = function;
    this.events = new StreamEvents(json);
    this.json = json;
    this.thread = Thread.ofVirtual().name("stream-of-" + settings.tableName()).unstarted(this::run);
  }

  public static StreamMapping start(
      StreamMappingSettings settings,
      DynamoDbClient dynamo,
      DynamoDbStreamsClient streams,
      LocalFunction function,
      ObjectMapper json) {
    String stream =
        dynamo
            .describeTable(describe -> describe.tableName(settings.tableName()))
            .table()
            .latestStreamArn();
    StreamReader reader =
        settings.source().fromNow()
            ? StreamReader.fromNow(streams, stream)
            : StreamReader.fromTheBeginning(streams, stream);
    StreamMapping mapping = new StreamMapping(settings, reader, function, json);
    mapping.thread.start();
    return mapping;
  }

  private void run() {
    try {
      long until = 0;
      do {
        boolean isIdle = waiting.isEmpty();
        read();
        if (isIdle && !waiting.isEmpty()) {
          until = System.nanoTime() + settings.window().toNanos();
        }
        if (!waiting.isEmpty() && (System.nanoTime() - until >= 0 || isFull())) {
          process();
        }
      } while (!stopping.await(BETWEEN_READS.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void read() {
    try {
      reader
          .readByShard()
          .forEach(
              (shard, records) -> {
                List<Record> picked = records.stream().filter(this::isPicked).toList();
                if (!picked.isEmpty()) {
                  waiting.computeIfAbsent(shard, _ -> new ArrayList<>()).addAll(picked);
                }
              });
    } catch (SdkException e) {
      complain("cannot read the stream of " + settings.tableName(), e);
    }
  }

  private boolean isPicked(Record record) {
    List<EventPattern> filters = settings.source().filters();
    if (filters.isEmpty()) {
      return true;
    }
    JsonNode event = events.of(record);
    return filters.stream().anyMatch(filter -> filter.matches(event));
  }

  private boolean isFull() {
    return waiting.values().stream().anyMatch(records -> records.size() >= settings.batchSize());
  }

  /** Processes all waiting records; those of a shard whose batch fails keep waiting. */
  private void process() throws InterruptedException {
    boolean failed = false;
    for (Map.Entry<String, List<Record>> shard : waiting.entrySet()) {
      List<Record> records = shard.getValue();
      while (!records.isEmpty()) {
        List<Record> batch = records.subList(0, Math.min(records.size(), settings.batchSize()));
        int done = process(shard.getKey(), batch);
        boolean isWhole = done == batch.size();
        records.subList(0, done).clear();
        if (!isWhole) {
          failed = true;
          break;
        }
      }
    }
    waiting.values().removeIf(List::isEmpty);
    if (failed) {
      stopping.await(AFTER_A_FAILURE.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** Invokes the function and returns how many of the first records are done. */
  private int process(String shard, List<Record> batch) throws InterruptedException {
    try {
      return done(batch, function.invoke(event(shard, batch)));
    } catch (FunctionError | IOException e) {
      complain("fails", e);
      return 0;
    }
  }

  private byte[] event(String shard, List<Record> batch) throws JsonProcessingException {
    ObjectNode event = json.createObjectNode();
    ArrayNode records = event.putArray("Records");
    batch.forEach(record -> records.add(events.of(record)));
    if (settings.namesShard()) {
      event.putObject("state");
      event.put("shardId", shard);
      event.put("eventSourceARN", settings.streamArn());
      event.put("isFinalInvokeForWindow", false);
      event.put("isWindowTerminatedEarly", false);
    }
    return json.writeValueAsBytes(event);
  }

  /** By Lambda's rules: up to the first failed record; a response without state is a failure. */
  private int done(List<Record> batch, byte[] answer) throws IOException {
    JsonNode response = json.readTree(answer);
    if (settings.namesShard() && !response.path("state").isObject()) {
      throw new IOException("a response without state");
    }
    int done = batch.size();
    for (JsonNode failure : response.path("batchItemFailures")) {
      String failed = failure.path("itemIdentifier").asText();
      int index =
          batch.stream().map(record -> record.dynamodb().sequenceNumber()).toList().indexOf(failed);
      done = Math.min(done, Math.max(index, 0));
    }
    return done;
  }

  private void complain(String what, Exception e) {
    if (stopping.getCount() > 0) {
      System.err.println(settings.functionId() + " " + what + ": " + e.getMessage());
    }
  }

  @Override
  public void close() {
    stopping.countDown();
    try {
      if (!thread.join(Duration.ofSeconds(2))) {
        thread.interrupt();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
