package com.natifico.postback.aws.sqs;

import com.natifico.postback.delivery.CallbackMessage;
import com.natifico.postback.delivery.CallbackQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Collects the messages that several threads send at about the same time into requests of ten,
 * because a request costs the same for one message as for ten. Each caller waits for the result of
 * its request. Safe for use by several threads.
 */
public final class GroupedCallbackQueue implements CallbackQueue {
  private static final int FULL = 10;

  private final CallbackQueue queue;
  private final Duration wait;
  private @Nullable Group open;

  /** Messages that are sent together. */
  private static final class Group {
    private final List<CallbackMessage> messages = new ArrayList<>();
    private final CountDownLatch full = new CountDownLatch(1);
    private final CompletableFuture<Set<String>> refused = new CompletableFuture<>();
  }

  /**
   * @param wait the maximum time until a group is sent that is not full
   */
  public GroupedCallbackQueue(CallbackQueue queue, Duration wait) {
    this.queue = queue;
    this.wait = wait;
  }

  @Override
  public Set<String> send(List<CallbackMessage> messages) {
    if (messages.size() >= FULL) {
      return queue.send(messages);
    }
    Group group;
    boolean isFirst;
    synchronized (this) {
      isFirst = open == null;
      group = open == null ? new Group() : open;
      group.messages.addAll(messages);
      open = group.messages.size() < FULL ? group : null;
      if (open == null) {
        group.full.countDown();
      }
    }
    try {
      if (isFirst) {
        sendWhenFull(group);
      }
      Set<String> refused = group.refused.get();
      return messages.stream()
          .map(message -> message.callback().deliveryId())
          .filter(refused::contains)
          .collect(Collectors.toSet());
    } catch (InterruptedException e) {
      // The messages may have been sent; a second one does no harm.
      Thread.currentThread().interrupt();
      return messages.stream()
          .map(message -> message.callback().deliveryId())
          .collect(Collectors.toSet());
    } catch (ExecutionException e) {
      throw new IllegalStateException("the group could not be sent", e);
    }
  }

  private void sendWhenFull(Group group) throws InterruptedException {
    try {
      if (!group.full.await(wait.toNanos(), TimeUnit.NANOSECONDS)) {
        close(group);
      }
      group.refused.complete(queue.send(List.copyOf(group.messages)));
    } catch (RuntimeException | InterruptedException e) {
      close(group);
      group.refused.completeExceptionally(e);
      throw e;
    }
  }

  private synchronized void close(Group group) {
    if (open == group) {
      open = null;
    }
  }
}
