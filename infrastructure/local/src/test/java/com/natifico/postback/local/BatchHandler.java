package com.natifico.postback.local;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Records every message and does what its body says. */
public final class BatchHandler implements RequestHandler<SQSEvent, SQSBatchResponse> {
  private final Map<String, String> environment;

  public BatchHandler(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
    String journal = environment.getOrDefault("JOURNAL", "");
    List<SQSBatchResponse.BatchItemFailure> failures = new ArrayList<>();
    for (SQSEvent.SQSMessage message : event.getRecords()) {
      String receives = message.getAttributes().getOrDefault("ApproximateReceiveCount", "");
      LocalJournal.of(journal)
          .add(message.getBody() + " #" + receives + " of " + event.getRecords().size());
      switch (message.getBody()) {
        case "fail" -> failures.add(new SQSBatchResponse.BatchItemFailure(message.getMessageId()));
        case "fail once" -> {
          if (receives.equals("1")) {
            failures.add(new SQSBatchResponse.BatchItemFailure(message.getMessageId()));
          }
        }
        case "unknown id" -> failures.add(new SQSBatchResponse.BatchItemFailure("nobody"));
        case "throw" -> throw new IllegalStateException("as asked");
        case "wait" -> await(journal + ".go");
        default -> {}
      }
    }
    return new SQSBatchResponse(failures);
  }

  private static void await(String journal) {
    try {
      LocalJournal.of(journal).take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
