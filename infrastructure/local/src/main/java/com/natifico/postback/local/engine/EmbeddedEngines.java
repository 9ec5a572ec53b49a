package com.natifico.postback.local.engine;

import com.natifico.postback.local.StartFailure;
import com.natifico.postback.local.permission.Forwarding;
import com.natifico.postback.local.permission.Roles;
import com.natifico.postback.local.template.Resource;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.SqsClient;

/** DynamoDB Local and ElasticMQ, in this JVM. */
public final class EmbeddedEngines extends Engines {
  private final SqsEngine.Address queuesAddress = SqsEngine.Address.free();
  private final int tablesPort;
  private final @Nullable Path tablesDirectory;
  private final @Nullable Path queuesDirectory;

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
  public Endpoints start(List<Resource> queues, Roles roles) {
    Future<URI> tables;
    Future<?> sqs;
    // Closing the executor waits for both, so that a failure of one leaves the other to onClose.
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      tables =
          threads.submit(
              () -> {
                DynamoEngine engine = DynamoEngine.start(tablesDirectory, tablesPort, roles);
                onClose(engine::close);
                return engine.endpoint();
              });
      sqs =
          threads.submit(
              () -> onClose(SqsEngine.start(queuesAddress, queues, queuesDirectory)::close));
    }
    StartFailure.await(sqs);
    Forwarding door = Forwarding.start(roles, queuesAddress.endpoint(), null);
    onClose(door::close);
    URI started = StartFailure.await(tables);
    return new Endpoints(started, started, queuesAddress.endpoint(), door.endpoint());
  }

  @Override
  public void settle(List<Resource> queues, SqsClient sqs) {
    new Queues(queues).settle(sqs);
  }
}
