package com.natifico.postback.local.demo;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.natifico.postback.local.server.LoopbackServer;
import com.natifico.postback.local.server.LoopbackServer.Answer;
import com.natifico.postback.local.server.LoopbackServer.Received;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The demo with an API that responds as specified, or fails. */
class DemoTest {
  private static final Pattern TRACKER = Pattern.compile("http://127\\.0\\.0\\.1:[0-9]+");

  private final ByteArrayOutputStream told = new ByteArrayOutputStream();
  private final LoopbackServer api = LoopbackServer.answering(this::answer);
  private boolean isBroken;
  private String tracker = "";

  @AfterEach
  void stop() {
    api.close();
  }

  private Answer answer(Received request) throws IOException, InterruptedException {
    String body = request.text();
    Matcher url = TRACKER.matcher(body);
    if (url.find()) {
      tracker = url.group();
    }
    if (isBroken) {
      return json(503, "{\"title\":\"broken\"}");
    }
    return switch (request.method() + " " + request.target().replaceFirst("[?].*", "")) {
      case "GET /v1/affiliates/77/postbacks" ->
          json(200, "{\"items\":[{\"postback_id\":\"p0\",\"label\":\"demo\"}]}");
      case "DELETE /v1/affiliates/77/postbacks/p0" -> Answer.of(204);
      case "POST /v1/affiliates/77/postbacks" -> json(201, "{}");
      case "POST /v1/conversions" -> {
        String click = body.contains("w8J3kUG5") ? "w8J3kUG5" : "p2Qx9LmA";
        call(tracker + "/any?click=" + click + "&payout=12.50");
        yield json(202, "{\"callbacks\":[{\"delivery_id\":\"" + click + "\"}]}");
      }
      case "GET /v1/affiliates/77/deliveries" ->
          json(
              200,
              "{\"items\":[{\"delivery_id\":\"w8J3kUG5\",\"state\":\"delivered\"},"
                  + "{\"delivery_id\":\"p2Qx9LmA\",\"state\":\"delivered\"}]}");
      default -> json(404, "{}");
    };
  }

  private static Answer json(int status, String body) {
    return new Answer(status, Map.of("content-type", "application/json"), body);
  }

  private static void call(String url) throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      http.send(
          HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.discarding());
    }
  }

  private String play() throws InterruptedException {
    try (PrintStream out = new PrintStream(told, true, StandardCharsets.UTF_8);
        Demo demo = new Demo(0, out)) {
      demo.play(api.endpoint());
    }
    return told.toString(StandardCharsets.UTF_8);
  }

  @Test
  void showsTheCallbacksWithClickIdAndPayoutAndTheLog() throws Exception {
    String output = play();
    assertTrue(output.contains("GET /any?click=w8J3kUG5&payout=12.50"), output);
    assertTrue(output.contains("GET /any?click=p2Qx9LmA&payout=12.50"), output);
    assertTrue(output.contains("delivered"), output);
    assertTrue(output.contains("Your turn"), output);
  }

  @Test
  void reportsAFailure() throws Exception {
    isBroken = true;
    String output = play();
    assertTrue(output.contains("The demo FAILED: GET /v1/affiliates/77/postbacks answered 503"));
    assertTrue(output.contains("The stack keeps running."), output);
    assertFalse(output.contains("Your turn"), output);
  }
}
