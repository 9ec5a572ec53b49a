package com.natifico.postback.aws.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.natifico.postback.aws.client.Environment;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The expected lines follow CloudWatch's embedded metric format. */
class EmbeddedMetricsTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-02T14:03:09Z"));

  private final List<String> lines = new ArrayList<>();
  private final Metrics metrics =
      new EmbeddedMetrics("NatificoPostback", "prod", CLOCK, lines::add);

  private JsonNode line(int number) throws Exception {
    return new ObjectMapper().readTree(lines.get(number));
  }

  @Test
  void writesOneLinePerInvocation() throws Exception {
    metrics.add(Metric.DELIVERED, 1);
    metrics.add(Metric.DELIVERED, 2);
    metrics.add(Metric.ACCEPT_TO_DELIVERED, 12);
    metrics.add(Metric.ACCEPT_TO_DELIVERED, 30);
    metrics.flush();

    assertEquals(1, lines.size());
    assertEquals(
        new ObjectMapper()
            .readTree(
                """
                {"_aws": {"Timestamp": 1793628189000,
                          "CloudWatchMetrics": [{
                            "Namespace": "NatificoPostback",
                            "Dimensions": [["Stack"]],
                            "Metrics": [
                              {"Name": "Delivered", "Unit": "Count"},
                              {"Name": "AcceptToDelivered", "Unit": "Milliseconds"}]}]},
                 "Stack": "prod",
                 "Delivered": 3,
                 "AcceptToDelivered": [12, 30]}
                """),
        line(0));
  }

  @Test
  void startsAnewWithEachInvocation() throws Exception {
    metrics.add(Metric.ACCEPTED, 1);
    metrics.flush();
    metrics.add(Metric.DUPLICATES, 1);
    metrics.flush();

    assertEquals(1, line(1).path("Duplicates").asInt());
    assertTrue(line(1).path("Accepted").isMissingNode());
  }

  @Test
  void writesNothingWithoutValues() {
    metrics.flush();
    assertEquals(List.of(), lines);
  }

  @Test
  void splitsMoreThanAHundredTimesOverLines() throws Exception {
    metrics.add(Metric.DELIVERED, 250);
    IntStream.range(0, 250).forEach(i -> metrics.add(Metric.ACCEPT_TO_DELIVERED, i));
    metrics.flush();

    assertEquals(3, lines.size());
    assertEquals(100, line(0).path("AcceptToDelivered").size());
    assertEquals(50, line(2).path("AcceptToDelivered").size());
    assertEquals(200, line(2).path("AcceptToDelivered").path(0).asInt());
    assertEquals(250, line(0).path("Delivered").asInt());
    assertTrue(line(1).path("Delivered").isMissingNode(), "a sum is written once");
  }

  @Test
  void measuresNothingWithoutANamespace() {
    assertSame(Metrics.NONE, EmbeddedMetrics.of(new Environment(Map.of()), CLOCK));
  }
}
