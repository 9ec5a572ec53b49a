package com.natifico.postback.local.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/**
 * An EventBridge pipe: reads a table's stream, filters and transforms the events, and publishes
 * them.
 */
public final class Pipe implements AutoCloseable {
  private static final Duration BETWEEN_READS = Duration.ofMillis(500);

  private final PipeSettings settings;
  private final StreamReader reader;
  private final StreamEvents events;
  private final ObjectMapper json;
  private final Topics topics;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread;

  private Pipe(PipeSettings settings, StreamReader reader, Topics topics, ObjectMapper json) {
    this.settings = settings;
    this.reader = reader;
    this.events = new StreamEvents(json);
    this.json = json;
    this.topics = topics;
    this.thread = Thread.ofVirtual().name("pipe-" + settings.id()).unstarted(this::run);
  }

  /** Starts a pipe for everything that is written from now on. */
  public static Pipe start(
      PipeSettings settings,
      DynamoDbClient dynamo,
      DynamoDbStreamsClient streams,
      Topics topics,
      ObjectMapper json) {
    String stream =
        dynamo
            .describeTable(describe -> describe.tableName(settings.tableName()))
            .table()
            .latestStreamArn();
    Pipe pipe = new Pipe(settings, StreamReader.fromNow(streams, stream), topics, json);
    pipe.thread.start();
    return pipe;
  }

  private void run() {
    try {
      do {
        try {
          reader.read().forEach(this::pass);
        } catch (SdkException e) {
          complain("cannot read the stream of " + settings.tableName(), e);
        }
      } while (!stopping.await(BETWEEN_READS.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void pass(Record record) {
    try {
      JsonNode event = events.of(record);
      if (settings.picks(event)) {
        String message = settings.inputTemplate().render(event);
        String name = json.readTree(message).path("type").asText(settings.topicId());
        topics.publish(settings.topicId(), name, message);
      }
    } catch (IllegalArgumentException | JsonProcessingException e) {
      complain("cannot publish to " + settings.topicId(), e);
    }
  }

  private void complain(String what, Exception e) {
    if (stopping.getCount() > 0) {
      System.err.println(settings.id() + " " + what + ": " + e.getMessage());
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
