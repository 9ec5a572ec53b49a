package com.natifico.postback.benchmarks.endtoend;

import com.natifico.postback.access.Role;
import com.natifico.postback.aws.json.CallbackMessageCodec;
import com.natifico.postback.aws.testing.HttpCalls;
import com.natifico.postback.aws.testing.Meter;
import com.natifico.postback.aws.testing.TimeLeft;
import com.natifico.postback.benchmarks.conversion.Pushes;
import com.natifico.postback.benchmarks.sender.Messages;
import com.natifico.postback.functions.conversion.ConversionFunction;
import com.natifico.postback.functions.sender.SenderFunction;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbStreamsRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/** Listens to the functions while they accept and deliver one conversion. */
final class Recording {
  private final ConversionFunction conversions;
  private final SenderFunction sender;

  /**
   * @param environment of both functions
   */
  Recording(Map<String, String> environment) {
    conversions = new ConversionFunction(environment);
    sender = new SenderFunction(environment);
  }

  /** The requests of this conversion, which are made; warm, the postbacks known. */
  BareRequests of(String warmUpId, String conversionId) {
    SendMessageBatchRequestEntry warmUp = message(requestsOf(() -> accept(warmUpId)));
    deliver(warmUp.messageBody());
    List<SdkRequest> accepting = requestsOf(() -> accept(conversionId));
    SendMessageBatchRequestEntry message = message(accepting);
    List<SdkRequest> sending = requestsOf(() -> deliver(message.messageBody()));
    if (accepting.size() != 2 || sending.size() != 2) {
      throw new IllegalStateException("not the usual requests: " + accepting + sending);
    }
    return new BareRequests(
        conversionId,
        only(PutItemRequest.class, accepting),
        message,
        only(GetItemRequest.class, sending),
        CallbackMessageCodec.decode(message.messageBody()).callback().request().url(),
        only(PutItemRequest.class, sending));
  }

  /** Without those of the stack's own pollers, which are in this process, too. */
  private static List<SdkRequest> requestsOf(Runnable work) {
    return Meter.requestsOf(work).stream()
        .filter(
            request ->
                !(request instanceof DynamoDbStreamsRequest
                    || request instanceof ReceiveMessageRequest))
        .toList();
  }

  private static SendMessageBatchRequestEntry message(List<SdkRequest> accepting) {
    return only(SendMessageBatchRequest.class, accepting).entries().getFirst();
  }

  private void accept(String conversionId) {
    HttpCalls.Answer answer =
        new HttpCalls(event -> conversions.handleRequest(event, TimeLeft.AMPLE))
            .route("POST /v1/conversions")
            .as(Role.NETWORK)
            .body(Pushes.conversion(conversionId))
            .send();
    check(answer.status() == 202, answer::response);
  }

  private void deliver(String messageBody) {
    var response = sender.handleRequest(Messages.bodies(List.of(messageBody)), TimeLeft.AMPLE);
    check(response.getBatchItemFailures().isEmpty(), () -> response);
  }

  private static void check(boolean good, Supplier<Object> otherwise) {
    if (!good) {
      throw new IllegalStateException("not as expected: " + otherwise.get());
    }
  }

  private static <T> T only(Class<T> type, List<SdkRequest> requests) {
    return requests.stream()
        .filter(type::isInstance)
        .map(type::cast)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no " + type + " in " + requests));
  }
}
