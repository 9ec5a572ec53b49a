package com.natifico.postback.aws.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/**
 * Counts all AWS calls of this JVM and the capacity that DynamoDB reports. The SDK adds it to every
 * client, because the resource {@code execution.interceptors} names it.
 */
public final class Meter implements ExecutionInterceptor {
  /**
   * The measured consumption.
   *
   * @param calls by the name of the operation, {@code PutItem}; SDK retries are not counted
   */
  public record Bill(Map<String, Integer> calls, double writeUnits, double readUnits) {
    public Bill {
      calls = Map.copyOf(calls);
    }

    /** The number of calls of this operation; 0 if there are none. */
    public int calls(String operation) {
      return calls.getOrDefault(operation, 0);
    }
  }

  private static @Nullable Bill open;
  private static @Nullable List<SdkRequest> requests;

  /**
   * The requests that this work makes, as they are passed to the SDK; only one measurement at a
   * time.
   */
  public static List<SdkRequest> requestsOf(Runnable work) {
    synchronized (Meter.class) {
      requests = new ArrayList<>();
    }
    work.run();
    synchronized (Meter.class) {
      List<SdkRequest> made = requests;
      requests = null;
      return made == null ? List.of() : List.copyOf(made);
    }
  }

  private static synchronized void keep(SdkRequest request) {
    if (requests != null) {
      requests.add(request);
    }
  }

  /** The consumption of this work; only one measurement at a time. */
  public static Bill of(Runnable work) {
    synchronized (Meter.class) {
      open = new Bill(Map.of(), 0, 0);
    }
    work.run();
    synchronized (Meter.class) {
      Bill bill = open;
      open = null;
      return bill == null ? new Bill(Map.of(), 0, 0) : bill;
    }
  }

  private static synchronized boolean isOpen() {
    return open != null;
  }

  private static synchronized void add(String operation, double writeUnits, double readUnits) {
    if (open != null) {
      Map<String, Integer> calls = new TreeMap<>(open.calls());
      calls.merge(operation, 1, Integer::sum);
      open = new Bill(calls, open.writeUnits() + writeUnits, open.readUnits() + readUnits);
    }
  }

  @Override
  public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
    keep(context.request());
  }

  @Override
  public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
    if (!isOpen()) {
      return context.request();
    }
    ReturnConsumedCapacity total = ReturnConsumedCapacity.TOTAL;
    return switch (context.request()) {
      case PutItemRequest put -> put.toBuilder().returnConsumedCapacity(total).build();
      case UpdateItemRequest update -> update.toBuilder().returnConsumedCapacity(total).build();
      case BatchWriteItemRequest write -> write.toBuilder().returnConsumedCapacity(total).build();
      case DeleteItemRequest delete -> delete.toBuilder().returnConsumedCapacity(total).build();
      case TransactWriteItemsRequest transaction ->
          transaction.toBuilder().returnConsumedCapacity(total).build();
      case GetItemRequest get -> get.toBuilder().returnConsumedCapacity(total).build();
      case BatchGetItemRequest get -> get.toBuilder().returnConsumedCapacity(total).build();
      case QueryRequest query -> query.toBuilder().returnConsumedCapacity(total).build();
      default -> context.request();
    };
  }

  @Override
  public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
    SdkResponse response = context.response();
    double writeUnits =
        switch (response) {
          case PutItemResponse put -> units(put.consumedCapacity());
          case UpdateItemResponse update -> units(update.consumedCapacity());
          case BatchWriteItemResponse write -> units(write.consumedCapacity());
          case DeleteItemResponse delete -> units(delete.consumedCapacity());
          case TransactWriteItemsResponse transaction -> units(transaction.consumedCapacity());
          default -> 0;
        };
    double readUnits =
        switch (response) {
          case GetItemResponse get -> units(get.consumedCapacity());
          case BatchGetItemResponse get -> units(get.consumedCapacity());
          case QueryResponse query -> units(query.consumedCapacity());
          default -> 0;
        };
    add(operation(attributes), writeUnits, readUnits);
  }

  /** A write whose condition fails costs the same as a successful one: at least one unit. */
  @Override
  public void onExecutionFailure(Context.FailedExecution context, ExecutionAttributes attributes) {
    boolean paid = context.exception() instanceof ConditionalCheckFailedException;
    add(operation(attributes), paid ? 1 : 0, 0);
  }

  private static String operation(ExecutionAttributes attributes) {
    return attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
  }

  private static double units(List<ConsumedCapacity> consumed) {
    return consumed.stream().mapToDouble(Meter::units).sum();
  }

  private static double units(@Nullable ConsumedCapacity consumed) {
    return consumed == null || consumed.capacityUnits() == null ? 0 : consumed.capacityUnits();
  }
}
