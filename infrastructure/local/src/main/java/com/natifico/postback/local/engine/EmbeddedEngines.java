package com.natifico.postback.local.engine;

import com.natifico.postback.local.StartFailure;
import com.natifico.postback.local.permission.Forwarding;
import com.natifico.postback.local.permission.Roles;
import com.natifico.postback.local.template.Resource;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.SqsClient;

/** DynamoDB Local and ElasticMQ, in this JVM. */
public final class EmbeddedEngines implements Engines {
  private final SqsEngine.Address queuesAddress = SqsEngine.Address.free();
  private final int tablesPort;
  private final @Nullable Path tablesDirectory;
  private final @Nullable Path queuesDirectory;
  private final Deque<Runnable> toStop = new ArrayDeque<>();
  private @Nullable URI tables;
  private @Nullable URI queuesOfFunctions;

  /**
   * @param tablesPort 0 for any free one
   * @param tablesDirectory where tables are kept; null for memory
   * @param queuesDirectory where queues and their messages are kept; null for memory
   */
  public EmbeddedEngines(
      int tablesPort, @Nullable Path tablesDirectory, @Nullable Path queuesDirectory) {
    this.tablesPort = tablesPort;
    this.tablesDirectory = tablesDirectory;
    this.queuesDirectory = queuesDirectory;
  }

  @Override
  public String namePrefix() {
    return "";
  }

  @Override
  public String queueUrlPrefix() {
    return queuesAddress.queueUrlPrefix();
  }

  @Override
  public void start(List<Resource> queues, Roles roles) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      CompletableFuture<DynamoEngine> dynamoStarting =
          CompletableFuture.supplyAsync(
              () -> DynamoEngine.start(tablesDirectory, tablesPort, roles), threads);
      CompletableFuture<SqsEngine> sqsStarting =
          CompletableFuture.supplyAsync(
              () -> SqsEngine.start(queuesAddress, queues, queuesDirectory), threads);
      StartFailure failure = null;
      try {
        DynamoEngine dynamo = done(dynamoStarting::join);
        toStop.push(dynamo::close);
        tables = dynamo.endpoint();
      } catch (StartFailure e) {
        failure = e;
      }
      SqsEngine sqs = done(sqsStarting::join);
      toStop.push(sqs::close);
      if (failure != null) {
        throw failure;
      }
    }
    Forwarding door = Forwarding.start(roles, queuesAddress.endpoint());
    toStop.push(door::close);
    queuesOfFunctions = door.endpoint();
  }

  private static <T> T done(Supplier<T> starting) {
    try {
      return starting.get();
    } catch (CompletionException e) {
      if (e.getCause() instanceof StartFailure failure) {
        throw failure;
      }
      throw new StartFailure("The local stack does not start: " + e.getCause(), e);
    }
  }

  @Override
  public void settle(List<Resource> queues, SqsClient sqs) {
    new Queues(queues).settle(sqs);
  }

  @Override
  public URI tables() {
    return started(tables);
  }

  @Override
  public URI streams() {
    return started(tables);
  }

  @Override
  public URI queues() {
    return queuesAddress.endpoint();
  }

  @Override
  public URI queuesOfFunctions() {
    return started(queuesOfFunctions);
  }

  private static URI started(@Nullable URI endpoint) {
    if (endpoint == null) {
      throw new IllegalStateException("the engines are not started");
    }
    return endpoint;
  }

  @Override
  public void close() {
    while (!toStop.isEmpty()) {
      toStop.pop().run();
    }
  }
}
