package com.natifico.postback.benchmarks.sender;

import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;

/**
 * Records when an expected number of records has been written. The SDK adds it to every client
 * because it is listed in the resource {@code
 * software/amazon/awssdk/services/dynamodb/execution.interceptors}.
 */
public final class Puts implements ExecutionInterceptor {
  private static final AtomicInteger LEFT = new AtomicInteger();
  private static volatile long reachedAt;

  /** Starts counting. */
  static void expect(int records) {
    LEFT.set(records);
  }

  /** When the last of the expected records was written, in {@link System#nanoTime}. */
  static long reachedAt() {
    if (LEFT.get() > 0) {
      throw new IllegalStateException(LEFT + " records are missing");
    }
    return reachedAt;
  }

  @Override
  public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
    if (context.response() instanceof PutItemResponse && LEFT.decrementAndGet() == 0) {
      reachedAt = System.nanoTime();
    }
  }
}
