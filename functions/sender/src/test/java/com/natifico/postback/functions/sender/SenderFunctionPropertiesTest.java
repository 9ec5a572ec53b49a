package com.natifico.postback.functions.sender;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import com.natifico.postback.aws.sqs.CallbackMessageCodec;
import com.natifico.postback.aws.testing.TimeLeft;
import com.natifico.postback.testing.ScriptedTransport;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Any message on the queue is either processed or returned, and the function responds. */
final class SenderFunctionPropertiesTest {
  private static final String MESSAGE = CallbackMessageCodec.encode(Outside.message("c-1"));

  private final Outside outside = new Outside(new ScriptedTransport());
  private final SenderFunction function = new SenderFunction(outside.parts());

  @Property
  void respondsToAnyText(@ForAll String body) {
    assertResponds(body);
  }

  @Property
  void respondsToAnyMessageWithAChangedMember(@ForAll("changed") String body) {
    assertResponds(body);
  }

  @Property
  void respondsToAnyBrokenMessage(@ForAll("broken") String body) {
    assertResponds(body);
  }

  private void assertResponds(String body) {
    SQSMessage message = new SQSMessage();
    message.setMessageId("m-1");
    message.setBody(body);
    SQSEvent event = new SQSEvent();
    event.setRecords(List.of(message));
    List<String> back =
        function.handleRequest(event, TimeLeft.AMPLE).getBatchItemFailures().stream()
            .map(BatchItemFailure::getItemIdentifier)
            .toList();
    assertTrue(back.isEmpty() || back.equals(List.of("m-1")));
  }

  /** One member with another value: any JSON type, in any position. */
  @Provide
  Arbitrary<String> changed() {
    Arbitrary<String> members =
        Arbitraries.of(
            "v",
            "delivery_id",
            "affiliate_id",
            "postback_id",
            "conversion_status",
            "test",
            "method",
            "url",
            "body",
            "content_type",
            "attempt",
            "due_at",
            "sent_at",
            "redrive",
            "put_off_since",
            "state");
    Arbitrary<String> values =
        Arbitraries.oneOf(
            Arbitraries.of(
                "null",
                "true",
                "[]",
                "{}",
                "[[1],{\"a\":{}}]",
                "\"\"",
                "-1",
                "0",
                "1",
                "2147483648",
                "1e400",
                "\"POST\"",
                "\"+1000000000-12-31T23:59:59.999999999Z\"",
                "\"-1000000000-01-01T00:00:00Z\""),
            Arbitraries.integers().map(String::valueOf),
            Arbitraries.strings()
                .ascii()
                .excludeChars('"', '\\')
                .map(text -> '"' + text.replaceAll("\\p{Cntrl}", " ") + '"'));
    return Combinators.combine(members, values)
        .as((member, value) -> "{\"" + member + "\":" + value + ',' + without(member));
  }

  /** The rest of the message, so that the changed member is the only one with its name. */
  private static String without(String member) {
    return MESSAGE
        .substring(1)
        .replaceFirst("\"" + member + "\":(\"[^\"]*\"|[0-9]+),?", "")
        .replaceFirst(",}$", "}");
  }

  /** Truncated, or with inserted text. */
  @Provide
  Arbitrary<String> broken() {
    return Combinators.combine(
            Arbitraries.integers().between(0, MESSAGE.length()),
            Arbitraries.integers().between(0, MESSAGE.length()),
            Arbitraries.strings().ofMaxLength(5))
        .as(
            (from, to, between) ->
                MESSAGE.substring(0, Math.min(from, to))
                    + between
                    + MESSAGE.substring(Math.max(from, to)));
  }
}
