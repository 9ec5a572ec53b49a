package com.natifico.postback.benchmarks.sender;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.natifico.postback.aws.sqs.CallbackMessageCodec;
import com.natifico.postback.benchmarks.process.AwsStub;
import com.natifico.postback.conversion.ConversionStatus;
import com.natifico.postback.conversion.EventId;
import com.natifico.postback.conversion.EventIdentity;
import com.natifico.postback.delivery.Callback;
import com.natifico.postback.delivery.CallbackMessage;
import com.natifico.postback.delivery.ReportedEvent;
import com.natifico.postback.postback.CallbackRequest;
import com.natifico.postback.postback.HttpMethod;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Messages of first attempts, each of a different delivery. */
public final class Messages {
  private static final AtomicLong COUNT = new AtomicLong();

  private Messages() {}

  /** The URL of every callback: the address with a usual query. */
  static String url(String address) {
    return address
        + "/postback?cid=w8J3kUG5s0dKQ2m7Zx1v&payout=12.50&cur=USD&txid=ORD-7781&status=1&geo=DE";
  }

  /** The message of a callback to this URL. */
  public static CallbackMessage message(String url) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    String conversion = "c-" + COUNT.incrementAndGet();
    EventId event =
        EventId.of(now, new EventIdentity("77", conversion, "1", ConversionStatus.APPROVED));
    return new CallbackMessage(
        new Callback(
            event.deliveryId(AwsStub.POSTBACK),
            AwsStub.POSTBACK,
            new ReportedEvent(
                AwsStub.AFFILIATE, AwsStub.OFFER, conversion, ConversionStatus.APPROVED, false),
            new CallbackRequest(HttpMethod.GET, url, null, null)),
        1,
        now,
        now);
  }

  /** A batch as passed by the event source mapping. */
  static SQSEvent batch(List<String> urls) {
    List<SQSEvent.SQSMessage> messages = new ArrayList<>();
    for (String url : urls) {
      SQSEvent.SQSMessage record = new SQSEvent.SQSMessage();
      record.setMessageId("message-" + messages.size());
      record.setBody(CallbackMessageCodec.encode(message(url)));
      messages.add(record);
    }
    SQSEvent event = new SQSEvent();
    event.setRecords(messages);
    return event;
  }
}
