package com.natifico.postback.benchmarks.sender;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;

/**
 * Tells when so many records have been written. The SDK puts it into every client, because it is
 * named in the resource {@code software/amazon/awssdk/services/dynamodb/execution.interceptors}.
 */
public final class Puts implements ExecutionInterceptor {
  private static volatile @Nullable Watch watch;

  /** Counts down. */
  private static final class Watch {
    private int left;
    private long reachedAt;

    Watch(int left) {
      this.left = left;
    }

    synchronized void one() {
      left--;
      if (left == 0) {
        reachedAt = System.nanoTime();
      }
    }

    synchronized long reachedAt() {
      if (left > 0) {
        throw new IllegalStateException(left + " records are missing");
      }
      return reachedAt;
    }
  }

  private final @Nullable Watch mine;

  /** For the SDK. */
  public Puts() {
    this(null);
  }

  private Puts(@Nullable Watch mine) {
    this.mine = mine;
  }

  /** Begins to count. */
  static Puts watch(int records) {
    Watch begun = new Watch(records);
    watch = begun;
    return new Puts(begun);
  }

  void stop() {
    watch = null;
  }

  /** In {@link System#nanoTime}. */
  long reachedAt() {
    if (mine == null) {
      throw new IllegalStateException("nothing is watched");
    }
    return mine.reachedAt();
  }

  @Override
  public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
    Watch current = watch;
    if (current != null && context.response() instanceof PutItemResponse) {
      current.one();
    }
  }
}
