package com.natifico.postback.functions.sender;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import com.natifico.postback.aws.Log;
import com.natifico.postback.aws.json.CallbackMessageCodec;
import com.natifico.postback.delivery.Sender;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * Callbacks go out here: every message of a batch on a virtual thread of its own, so that the batch
 * takes as long as its slowest endpoint. What fails comes back alone.
 */
public final class SenderFunction implements RequestHandler<SQSEvent, SQSBatchResponse> {
  private final Sender sender;

  public SenderFunction() {
    this(System.getenv());
  }

  /**
   * @param environment as template.yaml sets it
   */
  public SenderFunction(Map<String, String> environment) {
    this(SenderComposition.of(environment));
  }

  SenderFunction(Sender sender) {
    this.sender = sender;
  }

  @Override
  public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
    List<SQSMessage> messages = event.getRecords();
    List<Future<Boolean>> done;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      done = messages.stream().map(message -> threads.submit(() -> isDone(message))).toList();
    }
    return new SQSBatchResponse(
        IntStream.range(0, messages.size())
            .filter(i -> !done.get(i).resultNow())
            .mapToObj(i -> new BatchItemFailure(messages.get(i).getMessageId()))
            .toList());
  }

  /** Whether the message may be acknowledged. Nothing that one message does reaches another. */
  private boolean isDone(SQSMessage message) {
    try {
      sender.handle(CallbackMessageCodec.decode(message.getBody()), message.getMessageId());
      return true;
    } catch (RuntimeException | StackOverflowError e) {
      Log.error("message " + message.getMessageId() + " comes back", e);
      return false;
    }
  }
}
