package com.natifico.postback.aws.sqs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Collects the messages that several threads send at about the same time into groups of ten,
 * because a request costs the same for one message as for ten. Each caller waits for the result of
 * its group. Safe for use by several threads.
 *
 * @param <T> a message
 * @param <R> the result of sending a group
 */
final class Grouping<T, R> {
  private static final int FULL = 10;

  private final Duration wait;
  private final Function<List<T>, R> sending;
  private @Nullable Group<T, R> open;

  /** Messages that are sent together. */
  private static final class Group<T, R> {
    private final List<T> messages = new ArrayList<>();
    private final CountDownLatch full = new CountDownLatch(1);
    private final CompletableFuture<R> result = new CompletableFuture<>();
  }

  /**
   * @param wait the maximum time until a group is sent that is not full
   * @param sending sends a group; it may throw, and then every caller of the group gets what it
   *     threw
   */
  Grouping(Duration wait, Function<List<T>, R> sending) {
    this.wait = wait;
    this.sending = sending;
  }

  /**
   * The result of the group with these messages. Ten or more are a group of their own.
   *
   * @throws InterruptedException if this thread was interrupted; the messages may have been sent
   */
  R send(List<T> messages) throws InterruptedException {
    if (messages.size() >= FULL) {
      return sending.apply(messages);
    }
    Group<T, R> group;
    boolean isFirst;
    synchronized (this) {
      isFirst = open == null;
      group = open == null ? new Group<>() : open;
      group.messages.addAll(messages);
      open = group.messages.size() < FULL ? group : null;
      if (open == null) {
        group.full.countDown();
      }
    }
    if (isFirst) {
      sendWhenFull(group);
    }
    try {
      return group.result.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException("the group could not be sent", e);
    }
  }

  private void sendWhenFull(Group<T, R> group) throws InterruptedException {
    try {
      if (!group.full.await(wait.toNanos(), TimeUnit.NANOSECONDS)) {
        close(group);
      }
      group.result.complete(sending.apply(List.copyOf(group.messages)));
    } catch (RuntimeException | InterruptedException e) {
      close(group);
      group.result.completeExceptionally(e);
      throw e;
    }
  }

  private synchronized void close(Group<T, R> group) {
    if (open == group) {
      open = null;
    }
  }
}
