package com.natifico.postback.local.engine;

import com.natifico.postback.local.permission.Roles;
import com.natifico.postback.local.template.Resource;
import java.net.URI;
import java.util.List;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Where the tables and queues are: in this JVM, or where somebody said. All of it is reached with
 * {@link Clients}' keys, or with a function's, whose role is looked at then.
 */
public sealed interface Engines extends AutoCloseable permits EmbeddedEngines, GivenEngines {
  /** What the names of the tables and queues begin with. */
  String namePrefix();

  /** What a queue's URL begins with, up to its name. */
  String queueUrlPrefix();

  /** Starts what has to be started; before that there are no endpoints. */
  void start(List<Resource> queues, Roles roles);

  /** Sees to it that the queues are there, with today's attributes. */
  void settle(List<Resource> queues, SqsClient sqs);

  URI tables();

  URI streams();

  URI queues();

  /** Where the functions reach the queues. */
  URI queuesOfFunctions();

  @Override
  void close();
}
