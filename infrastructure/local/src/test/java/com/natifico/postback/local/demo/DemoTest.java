package com.natifico.postback.local.demo;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The story over an API that answers as the contract says, or fails. */
class DemoTest {
  private static final Pattern TRACKER = Pattern.compile("http://127\\.0\\.0\\.1:[0-9]+");

  private final ByteArrayOutputStream told = new ByteArrayOutputStream();
  private HttpServer api;
  private boolean isBroken;
  private String tracker = "";

  @BeforeEach
  void start() throws IOException {
    api = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    api.createContext("/", this::answer);
    api.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    api.start();
  }

  @AfterEach
  void stop() {
    api.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String request = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Matcher url = TRACKER.matcher(body);
    if (url.find()) {
      tracker = url.group();
    }
    if (isBroken) {
      send(exchange, 503, "{\"title\":\"broken\"}");
      return;
    }
    switch (request) {
      case "GET /v1/affiliates/77/postbacks" ->
          send(exchange, 200, "{\"items\":[{\"postback_id\":\"p0\",\"label\":\"demo\"}]}");
      case "DELETE /v1/affiliates/77/postbacks/p0" -> send(exchange, 204, "");
      case "POST /v1/affiliates/77/postbacks" -> send(exchange, 201, "{}");
      case "POST /v1/conversions" -> {
        String click = body.contains("w8J3kUG5") ? "w8J3kUG5" : "p2Qx9LmA";
        call(tracker + "/any?click=" + click + "&payout=12.50");
        send(exchange, 202, "{\"callbacks\":[{\"delivery_id\":\"" + click + "\"}]}");
      }
      case "GET /v1/affiliates/77/deliveries" ->
          send(
              exchange,
              200,
              "{\"items\":[{\"delivery_id\":\"w8J3kUG5\",\"state\":\"delivered\"},"
                  + "{\"delivery_id\":\"p2Qx9LmA\",\"state\":\"delivered\"}]}");
      default -> send(exchange, 404, "{}");
    }
  }

  private static void call(String url) throws IOException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      http.send(
          HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.discarding());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    try (exchange) {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private String play() throws InterruptedException {
    try (PrintStream out = new PrintStream(told, true, StandardCharsets.UTF_8);
        Demo demo = new Demo(0, out)) {
      demo.play(URI.create("http://localhost:" + api.getAddress().getPort()));
    }
    return told.toString(StandardCharsets.UTF_8);
  }

  @Test
  void showsTheCallbacksWithClickIdAndPayoutAndTheLog() throws Exception {
    String story = play();
    assertTrue(story.contains("GET /any?click=w8J3kUG5&payout=12.50"), story);
    assertTrue(story.contains("GET /any?click=p2Qx9LmA&payout=12.50"), story);
    assertTrue(story.contains("delivered"), story);
    assertTrue(story.contains("Your turn"), story);
  }

  @Test
  void saysPlainlyThatItFailed() throws Exception {
    isBroken = true;
    String story = play();
    assertTrue(story.contains("The demo FAILED: GET /v1/affiliates/77/postbacks answered 503"));
    assertTrue(story.contains("The stack keeps serving."), story);
    assertFalse(story.contains("Your turn"), story);
  }
}
