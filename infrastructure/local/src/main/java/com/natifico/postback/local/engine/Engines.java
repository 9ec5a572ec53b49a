package com.natifico.postback.local.engine;

import com.natifico.postback.local.permission.Roles;
import com.natifico.postback.local.template.Resource;
import java.net.URI;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The engines of tables and queues: in this JVM, or at endpoints given by the environment. Callers
 * use the keys of {@link Clients}, or a function's keys, in which case the function's role is
 * checked.
 */
public abstract sealed class Engines implements AutoCloseable
    permits EmbeddedEngines, ExternalEngines {
  /**
   * The addresses of started engines.
   *
   * @param queuesOfFunctions the endpoint at which functions reach the queues
   */
  public record Endpoints(URI tables, URI streams, URI queues, URI queuesOfFunctions) {}

  private final Deque<Runnable> toStop = new ConcurrentLinkedDeque<>();

  /** The prefix of the names of all tables and queues. */
  public abstract String namePrefix();

  /** The prefix of a queue's URL, up to its name. */
  public abstract String queueUrlPrefix();

  /** Starts the engines and returns their addresses. */
  public abstract Endpoints start(List<Resource> queues, Roles roles);

  /** Creates the missing queues, and sets the template's attributes on all queues. */
  public abstract void settle(List<Resource> queues, SqsClient sqs);

  /** Registers an action for {@link #close}; the last one runs first. */
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
