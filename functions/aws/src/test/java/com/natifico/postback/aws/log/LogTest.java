package com.natifico.postback.aws.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated
class LogTest {
  private static JsonNode printed(Runnable work) throws Exception {
    PrintStream before = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      work.run();
    } finally {
      System.setOut(before);
    }
    String text = bytes.toString(StandardCharsets.UTF_8);
    assertEquals(1, text.lines().count(), "one event of the log is one line");
    return new ObjectMapper().readTree(text);
  }

  @Test
  void namesTheInvocationAndTheDelivery() throws Exception {
    JsonNode line =
        printed(
            () ->
                Log.with(
                    Map.of("request_id", "r-1"),
                    () ->
                        Log.with(
                            Map.of("delivery_id", "d-1"),
                            () -> {
                              Log.info("attempt failed", out -> out.field("attempt", 1));
                              return true;
                            })));

    assertEquals("r-1", line.path("request_id").asText());
    assertEquals("d-1", line.path("delivery_id").asText());
    assertEquals("INFO", line.path("level").asText());
    assertFalse(Instant.parse(line.path("timestamp").asText()).equals(Instant.EPOCH));
  }

  @Test
  void removesTheFieldsAfterwards() throws Exception {
    Log.with(Map.of("request_id", "r-1"), () -> true);

    assertTrue(printed(() -> Log.info("later", _ -> {})).path("request_id").isMissingNode());
  }

  @Test
  void masksRequestDataInExceptionMessages() throws Exception {
    JsonNode line =
        printed(
            () ->
                Log.error(
                    "no connection to 203.0.113.7",
                    new IllegalStateException("GET https://t.example/p?cid=w8J3kUG5")));

    assertEquals("ERROR", line.path("level").asText());
    assertFalse(line.toString().contains("203.0.113.7"), line.toString());
    assertFalse(line.toString().contains("w8J3kUG5"), line.toString());
    assertTrue(line.path("trace").asText().contains("LogTest"), line.toString());
  }
}
