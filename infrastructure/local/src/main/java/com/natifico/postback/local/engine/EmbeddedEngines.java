package com.natifico.postback.local.engine;

import com.natifico.postback.local.StartFailure;
import com.natifico.postback.local.permission.IamProxy;
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
   * @param tablesPort 0 for any free port
   * @param tablesDirectory the directory of the tables; null to keep them in memory
   * @param queuesDirectory the directory of queues and messages; null to keep them in memory
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
    // Closing the executor waits for both, so that if one fails, onClose stops the other.
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
    IamProxy proxy = IamProxy.start(roles, queuesAddress.endpoint(), null);
    onClose(proxy::close);
    URI started = StartFailure.await(tables);
    return new Endpoints(started, started, queuesAddress.endpoint(), proxy.endpoint());
  }

  @Override
  public void settle(List<Resource> queues, SqsClient sqs) {
    new Queues(queues).settle(sqs);
  }
}
