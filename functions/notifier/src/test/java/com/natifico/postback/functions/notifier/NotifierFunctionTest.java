package com.natifico.postback.functions.notifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.natifico.postback.Unavailable;
import com.natifico.postback.aws.metric.Metric;
import com.natifico.postback.aws.metric.Metrics;
import com.natifico.postback.aws.sns.SnsTopic;
import com.natifico.postback.aws.testing.DynamoDbEngine;
import com.natifico.postback.aws.testing.TimeLeft;
import com.natifico.postback.notification.EventFinder;
import com.natifico.postback.notification.EventPublisher;
import com.natifico.postback.notification.EventWindow;
import com.natifico.postback.notification.EventWindows;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.testing.InMemoryEventWindows;
import com.natifico.postback.testing.InMemoryPostbackStore;
import com.natifico.postback.testing.Samples;
import com.natifico.postback.testing.SettableClock;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

final class NotifierFunctionTest {
  private static final String DONE = "{\"state\": {}, \"batchItemFailures\": []}";

  private final SettableClock clock = new SettableClock(Samples.NOW);
  private final InMemoryPostbackStore postbacks = new InMemoryPostbackStore();
  private final List<String> published = new ArrayList<>();
  private final List<String> errors = new ArrayList<>();
  private final Map<Metric, Long> counted = new EnumMap<>(Metric.class);
  private final NotifierFunction function = function(new InMemoryEventWindows());

  private NotifierFunction function(EventWindows windows) {
    return new NotifierFunction(
        new NotifierComposition(
            new EventFinder(postbacks),
            new EventPublisher(
                windows,
                (message, _) -> published.add(SnsTopic.json(message)),
                Duration.ofMinutes(1),
                clock,
                (what, _) -> errors.add(what)),
            new Metrics() {
              @Override
              public void add(Metric metric, long value) {
                counted.merge(metric, value, Long::sum);
              }

              @Override
              public void flush() {}
            },
            (what, _) -> errors.add(what)));
  }

  private static String answer(NotifierFunction function, String event) throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    function.handleRequest(
        new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), answer, TimeLeft.AMPLE);
    return answer.toString(StandardCharsets.UTF_8);
  }

  /** A postback as its table stores it. */
  private static String postback(String state) {
    return """
        {"affiliate_id": {"S": "77"}, "sk": {"S": "p#pb_1"}, "postback_id": {"S": "pb_1"},
         "scope": {"S": "77#offer#1042"}, "offer_id": {"S": "1042"}, "label": {"S": "main"},
         "url": {"S": "https://t.example/?c={ref_id}"}, "method": {"S": "GET"},
         "statuses": {"L": [{"S": "approved"}]}, "version": {"N": "1"},
         "created_at": {"S": "2026-11-02T14:03:09.250Z"},
         "updated_at": {"S": "2026-11-02T14:03:09.250Z"}, %s}"""
        .formatted(
            state.equals("active")
                ? "\"state\": {\"S\": \"active\"}"
                : "\"state\": {\"S\": \"paused\"}, \"paused_reason\": {\"S\": \"gone\"}");
  }

  private static String streak(int attempts) {
    return """
        {"affiliate_id": {"S": "77"}, "sk": {"S": "h#p1"}, "version": {"N": "1"},
         "attempts": {"N": "%d"}, "since": {"N": "1793628189.25"}, "w": {"S": "token"}}"""
        .formatted(attempts);
  }

  private static String changed(int at, String before, String after) {
    return """
        {"eventID": "e-%d", "eventName": "MODIFY", "dynamodb": {"SequenceNumber": "%d",
         "ApproximateCreationDateTime": 1793628190, "OldImage": %s, "NewImage": %s}}"""
        .formatted(at, at, before, after);
  }

  private static String event(String... records) {
    return "{\"Records\": [" + String.join(", ", records) + "]}";
  }

  @Test
  void publishesAPause() throws IOException {
    assertEquals(DONE, answer(function, event(changed(1, postback("active"), postback("paused")))));

    assertEquals(
        List.of(
            "{\"type\":\"postback.paused\",\"id\":\"e-1\",\"affiliate_id\":\"77\","
                + "\"postback_id\":\"pb_1\",\"offer_id\":\"1042\",\"label\":\"main\","
                + "\"reason\":\"gone\",\"at\":\"2026-11-02T14:03:09.250Z\",\"count\":1,"
                + "\"postback_ids\":[\"pb_1\"]}"),
        published);
    assertEquals(Map.of(Metric.PAUSED, 1L), counted);
  }

  @Test
  void publishesWhatACounterShows() throws IOException {
    Postback postback = Samples.postback("p1", null);
    postbacks.create(postback);

    answer(function, event(changed(1, streak(4), streak(5)), changed(2, streak(5), streak(6))));

    assertEquals(1, published.size());
    assertTrue(published.getFirst().contains("postback.failing"), published.toString());
    assertTrue(
        published.getFirst().contains("\"at\":\"2026-11-02T14:03:10Z\""), published.toString());
  }

  @Test
  void publishesNothingForOtherRows() throws IOException {
    String register =
        "{\"affiliate_id\": {\"S\": \"77\"}, \"sk\": {\"S\": \"n#global\"}, \"ids\": {\"SS\":"
            + " [\"pb_1\"]}}";
    String timer = "{\"affiliate_id\": {\"S\": \"#timer\"}, \"delivery_id\": {\"S\": \"0\"}}";

    assertEquals(
        DONE,
        answer(
            function,
            event(
                changed(1, register, register),
                changed(2, timer, timer),
                changed(3, postback("active"), postback("active")))));

    assertEquals(List.of(), published);
  }

  @Test
  void publishesWhatWasCollectedWhenTheScheduleRuns() throws IOException {
    answer(function, event(changed(1, postback("active"), postback("paused"))));
    answer(function, event(changed(2, postback("active"), postback("paused"))));
    assertEquals(1, published.size());
    clock.advance(Duration.ofMinutes(1));

    assertEquals("", answer(function, "{\"source\": \"aws.events\", \"detail\": {}}"));

    assertEquals(2, published.size());
  }

  @Test
  void reportsTheFirstRecordThatItCannotRead() throws IOException {
    assertEquals(
        "{\"state\": {}, \"batchItemFailures\": [{\"itemIdentifier\": \"2\"}]}",
        answer(
            function,
            event(
                changed(1, postback("active"), postback("paused")),
                changed(2, postback("active"), postback("paused").replace("gone", "lost")),
                changed(3, postback("active"), postback("paused")))));

    assertEquals(1, published.size());
    assertEquals(List.of("cannot read a changed row"), errors);
  }

  @Test
  void failsIfAnEventIsNotStored() {
    NotifierFunction refused = function(new RefusingWindows());

    assertThrows(
        Unavailable.class,
        () -> answer(refused, event(changed(1, postback("active"), postback("paused")))));
    assertEquals(List.of(), published);
  }

  private static final class RefusingWindows implements EventWindows {
    @Override
    public EventWindow find(Key key) {
      throw new Unavailable("refused", null);
    }

    @Override
    public Map<Key, EventWindow> all() {
      throw new Unavailable("refused", null);
    }

    @Override
    public boolean store(Key key, EventWindow window) {
      throw new Unavailable("refused", null);
    }

    @Override
    public boolean close(Key key, EventWindow window) {
      throw new Unavailable("refused", null);
    }
  }

  /** On the real engine, with the names of template.yaml, and a server as SNS. */
  @Test
  void publishesJsonAndTextForEmail() throws IOException {
    DynamoDbEngine engine = DynamoDbEngine.shared();
    List<String> received = new CopyOnWriteArrayList<>();
    HttpServer sns =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    sns.createContext(
        "/",
        exchange -> {
          received.add(
              URLDecoder.decode(
                  new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
                  StandardCharsets.UTF_8));
          boolean signed =
              String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"))
                  .matches("AWS4-HMAC-SHA256 Credential=.*/us-east-1/sns/aws4_request, .*");
          exchange.sendResponseHeaders(signed ? 200 : 403, -1);
          exchange.close();
        });
    sns.start();
    try {
      Map<String, String> variables = new HashMap<>(engine.environment());
      variables.put("POSTBACKS_TABLE", engine.createPostbacksTable());
      variables.put("LIMITS_TABLE", engine.createLimitsTable());
      variables.put("CALLBACK_QUEUE_URL", "http://127.0.0.1:1/no-notification-uses-it");
      variables.put("TOPIC_ARN", "arn:aws:sns:us-east-1:000000000000:events");
      variables.put("AWS_ENDPOINT_URL_SNS", "http://127.0.0.1:" + sns.getAddress().getPort());

      assertEquals(
          DONE,
          answer(
              new NotifierFunction(variables),
              event(changed(1, postback("active"), postback("paused")))));
    } finally {
      sns.stop(0);
    }

    assertEquals(1, received.size(), received.toString());
    String form = received.getFirst();
    for (String part :
        List.of(
            "Action=Publish",
            "TopicArn=arn:aws:sns:us-east-1:000000000000:events",
            "MessageStructure=json",
            "Subject=A postback is paused: affiliate 77, pb_1",
            "\"default\":\"{\\\"type\\\":\\\"postback.paused\\\"",
            "\"email\":\"A postback is paused.\\n\\nAffiliate: 77\\nPostback: pb_1 (main)")) {
      assertTrue(form.contains(part), part + " in " + form);
    }
  }
}
