package com.natifico.postback.benchmarks.conversion;

import com.natifico.postback.access.Role;
import com.natifico.postback.aws.testing.HttpCalls;
import com.natifico.postback.aws.testing.TimeLeft;
import com.natifico.postback.benchmarks.process.AwsStub;
import com.natifico.postback.functions.conversion.ConversionFunction;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Sends new conversions of twenty fields, as an ad network does. */
public final class Pushes {
  private final HttpCalls calls;
  private final AtomicLong count = new AtomicLong();

  public Pushes(ConversionFunction function) {
    // The function does not use its context.
    this.calls = new HttpCalls(event -> function.handleRequest(event, TimeLeft.AMPLE));
  }

  /** Pushes one conversion and checks that it was accepted. */
  public void single() {
    HttpCalls.Answer answer =
        calls.route("POST /v1/conversions").as(Role.NETWORK).body(next()).send();
    if (answer.status() != 202 || answer.response().getBody().contains("\"callbacks\":[]")) {
      throw new IllegalStateException("not accepted: " + answer.response());
    }
  }

  /** Pushes a batch of this size and checks that it was accepted. */
  public void batch(int size) {
    String body =
        IntStream.range(0, size)
            .mapToObj(_ -> next())
            .collect(Collectors.joining(",", "{\"conversions\":[", "]}"));
    HttpCalls.Answer answer =
        calls.route("POST /v1/conversions/batch").as(Role.NETWORK).body(body).send();
    String text = answer.response().getBody();
    if (answer.status() != 200 || text.split("\"status\":202", -1).length != size + 1) {
      throw new IllegalStateException("not accepted: " + answer.response());
    }
  }

  private String next() {
    return conversion("c-" + count.incrementAndGet());
  }

  /** A conversion with this id. */
  public static String conversion(String conversionId) {
    return """
    {"conversion_id":"%s","affiliate_id":"%s","offer_id":"%s","status":"approved",\
    "goal":"install","occurred_at":"2026-11-02T14:03:07Z","click_at":"2026-11-02T13:11:52Z",\
    "ref_id":"w8J3kUG5s0dKQ2m7Zx1v","sum":"12.50","currency":"USD","transactionid":"ORD-7781",\
    "network_click_id":"66f0c2a94e1b7d0012ab34cd","offer_name":"Sample Game (Android, DE)",\
    "sub1":"fb_adset9","sub2":"creative_11","source":"zone_12","geo":"DE","city":"Berlin",\
    "ip":"203.0.113.7","uagent":"Mozilla/5.0 (Linux; Android 16; Pixel 9) AppleWebKit/537.36\
     (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36","os":"Android",\
    "os_version":"16","browser":"Chrome Mobile","device_type":"smartphone",\
    "device_model":"Pixel 9","isp":"Example Telecom","order_sum":"99.90"}"""
        .formatted(conversionId, AwsStub.AFFILIATE, AwsStub.OFFER);
  }
}
