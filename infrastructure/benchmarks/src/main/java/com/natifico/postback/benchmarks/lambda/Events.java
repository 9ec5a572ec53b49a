package com.natifico.postback.benchmarks.lambda;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.natifico.postback.aws.json.CallbackMessageCodec;
import com.natifico.postback.conversion.ConversionEvent;
import com.natifico.postback.delivery.Callback;
import com.natifico.postback.delivery.CallbackMessage;
import com.natifico.postback.delivery.ReportedEvent;
import com.natifico.postback.postback.CallbackRequest;
import com.natifico.postback.postback.HttpMethod;
import com.natifico.postback.testing.Samples;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Recorded events, with what has to be new each time put in. */
public final class Events {
  private Events() {}

  /** A conversion pushed alone. */
  public static String push(String conversionId) {
    return recorded("push.json").replace("%s", conversionId);
  }

  /** A manager looks at an affiliate's postbacks. */
  public static String list() {
    return recorded("list.json");
  }

  /** An authorizer is asked about this key. */
  public static String authorize(String key) {
    return recorded("authorize.json").replace("%s", key);
  }

  /** A callback's first attempt at this URL, alone in its batch. */
  public static String callback(String conversionId, String url) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    ConversionEvent event = Samples.event(Samples.conversion(conversionId), now);
    Callback usual = Samples.callback(event, "pb_1m6e94cj0001");
    String body =
        CallbackMessageCodec.encode(
            new CallbackMessage(
                new Callback(
                    usual.deliveryId(),
                    usual.postbackId(),
                    new ReportedEvent(
                        usual.affiliateId(),
                        usual.offerId(),
                        usual.conversionId(),
                        usual.conversionStatus(),
                        false),
                    new CallbackRequest(HttpMethod.GET, url, null, null)),
                1,
                now,
                now));
    return """
    {"Records": [{"messageId": "059f36b4-87a3-44ab-83d2-661975830a7d", "receiptHandle": "r",
      "body": "%s", "attributes": {"ApproximateReceiveCount": "1"}, "messageAttributes": {},
      "md5OfBody": "m", "eventSource": "aws:sqs", "awsRegion": "us-east-1",
      "eventSourceARN": "arn:aws:sqs:us-east-1:123456789012:q"}]}"""
        .formatted(String.valueOf(JsonStringEncoder.getInstance().quoteAsString(body)));
  }

  private static String recorded(String name) {
    try (InputStream in = Events.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(name + " cannot be read", e);
    }
  }
}
