package com.natifico.postback.functions.sender;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import com.natifico.postback.Unavailable;
import com.natifico.postback.aws.log.Log;
import com.natifico.postback.aws.sqs.CallbackMessageCodec;
import com.natifico.postback.delivery.CallbackMessage;
import com.natifico.postback.delivery.Sender;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends callbacks: every message of a batch on its own virtual thread, so that the batch takes as
 * long as its slowest endpoint. Only messages that failed or were unfinished at the end of the
 * function's time are returned to the queue.
 */
public final class SenderFunction implements RequestHandler<SQSEvent, SQSBatchResponse> {
  /**
   * The number of messages processed at once; equal to the HTTP client's connections per endpoint,
   * so that no message waits for a connection.
   */
  private static final int CONCURRENT = 256;

  /** The 10 s of an attempt, plus its record, including one repeat of the write. */
  private static final int ATTEMPT_MS = 14_000;

  /** The time reserved for the response when a batch ends unfinished. */
  private static final int ANSWER_MS = 1_000;

  /** How often at least the attempts in progress are looked at. */
  private static final int WATCH_MS = 250;

  private final SenderComposition services;

  /** The constructor that Lambda calls. */
  public SenderFunction() {
    this(System.getenv());
  }

  /**
   * @param environment the variables of template.yaml
   */
  public SenderFunction(Map<String, String> environment) {
    this(SenderComposition.of(environment));
  }

  /** Uses the given services. */
  public SenderFunction(SenderComposition services) {
    this.services = services;
  }

  @Override
  public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
    List<SQSMessage> messages = event.getRecords() == null ? List.of() : event.getRecords();
    Semaphore places = new Semaphore(CONCURRENT);
    List<BatchItemFailure> back = new ArrayList<>();
    ExecutorService executor = services.threads().get();
    try {
      List<Future<Boolean>> running =
          messages.stream()
              .map(message -> executor.submit(() -> isDone(message, context, places)))
              .toList();
      AttemptsWatch watch = new AttemptsWatch(executor);
      for (int i = 0; i < messages.size(); i++) {
        if (!isDoneInTime(running.get(i), context, watch)) {
          back.add(new BatchItemFailure(messages.get(i).getMessageId()));
        }
      }
    } finally {
      // No work of this batch may continue when the function is thawed for the next batch.
      executor.shutdownNow();
      services.metrics().flush();
    }
    return new SQSBatchResponse(back);
  }

  /**
   * Whether the message may be acknowledged. A failure of one message does not affect the others.
   */
  private boolean isDone(SQSMessage message, Context context, Semaphore places)
      throws InterruptedException {
    places.acquire();
    Map<String, String> ids =
        Map.of("request_id", context.getAwsRequestId(), "message_id", message.getMessageId());
    try {
      CallbackMessage callback = CallbackMessageCodec.decode(message.getBody());
      return Log.with(ids, () -> isDone(message, callback, context));
    } catch (Throwable e) {
      return Log.with(ids, () -> comesBack(e));
    } finally {
      places.release();
    }
  }

  private boolean isDone(SQSMessage received, CallbackMessage message, Context context) {
    return Log.with(
        Map.of(
            "delivery_id", message.callback().deliveryId(),
            "event_id", message.callback().eventId()),
        () -> {
          try {
            services
                .sender()
                .handle(
                    message, () -> context.getRemainingTimeInMillis() >= ATTEMPT_MS + ANSWER_MS);
            return true;
          } catch (Sender.NothingAccepted e) {
            hide(received);
            return comesBack(e);
          } catch (Throwable e) {
            return comesBack(e);
          }
        });
  }

  private void hide(SQSMessage message) {
    if (Thread.currentThread().isInterrupted()) {
      // The batch has ended, so nothing was refused: its calls were interrupted.
      return;
    }
    int receives =
        Integer.parseInt(message.getAttributes().getOrDefault("ApproximateReceiveCount", "1"));
    try {
      services
          .visibility()
          .hide(
              message.getEventSourceArn(),
              message.getReceiptHandle(),
              services.sender().hiddenAfterRefusal(receives));
    } catch (Unavailable e) {
      services.log().accept("the message is hidden for the queue's usual time", e);
    }
  }

  private boolean comesBack(Throwable cause) {
    services.log().accept("the message returns to the queue", cause);
    return false;
  }

  /**
   * Reports slow attempts while they are in progress. It does so on a thread of its own, because a
   * store that stalls must not delay the response.
   */
  private final class AttemptsWatch {
    private final ExecutorService executor;
    private Future<?> last = CompletableFuture.completedFuture(null);

    AttemptsWatch(ExecutorService executor) {
      this.executor = executor;
    }

    void look() {
      if (last.isDone() && services.sender().hasSlowAttempts()) {
        last = executor.submit(services.sender()::reportSlowAttempts);
      }
    }
  }

  private static boolean isDoneInTime(
      Future<Boolean> running, Context context, AttemptsWatch watch) {
    while (true) {
      watch.look();
      int left = Math.max(0, context.getRemainingTimeInMillis() - ANSWER_MS);
      try {
        return running.get(Math.min(left, WATCH_MS), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        if (left <= WATCH_MS) {
          return false;
        }
      } catch (ExecutionException e) {
        return false;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
  }
}
