package com.natifico.postback.local.engine;

import com.natifico.postback.local.permission.Roles;
import com.natifico.postback.local.template.Resource;
import java.net.URI;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The tables and queues: in this JVM, or at the endpoints that the environment names. Callers use
 * {@link Clients}' keys, or a function's keys, whose role is then checked.
 */
public abstract sealed class Engines implements AutoCloseable
    permits EmbeddedEngines, GivenEngines {
  /**
   * The addresses of started engines.
   *
   * @param queuesOfFunctions where the functions reach the queues
   */
  public record Endpoints(URI tables, URI streams, URI queues, URI queuesOfFunctions) {}

  private final Deque<Runnable> toStop = new ConcurrentLinkedDeque<>();

  /** The prefix of the names of all tables and queues. */
  public abstract String namePrefix();

  /** What a queue's URL begins with, up to its name. */
  public abstract String queueUrlPrefix();

  /** Starts the engines and returns their addresses. */
  public abstract Endpoints start(List<Resource> queues, Roles roles);

  /** Creates the queues that are missing, and gives all of them the template's attributes. */
  public abstract void settle(List<Resource> queues, SqsClient sqs);

  /** Stops this when the engines are closed, the last one first. */
  final void onClose(Runnable stop) {
    toStop.push(stop);
  }

  @Override
  public final void close() {
    while (!toStop.isEmpty()) {
      toStop.pop().run();
    }
  }
}
