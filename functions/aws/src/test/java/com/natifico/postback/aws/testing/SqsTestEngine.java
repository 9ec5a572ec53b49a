package com.natifico.postback.aws.testing;

import com.natifico.postback.aws.client.AwsClients;
import com.typesafe.config.ConfigFactory;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Props;
import org.elasticmq.Limits;
import org.elasticmq.StrictSQSLimits$;
import org.elasticmq.actor.QueueManagerActor;
import org.elasticmq.rest.sqs.SQSRestServerBuilder$;
import org.elasticmq.util.NowProvider;
import org.jspecify.annotations.Nullable;
import scala.Option;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * ElasticMQ in memory, on a clock of the test; its threads end with the JVM. The shared engine is
 * the one that {@code AWS_ENDPOINT_URL_SQS} names, if it is set: LocalStack, moto, a real account.
 */
public final class SqsTestEngine {
  private static @Nullable SqsTestEngine shared;

  private final AtomicInteger queues = new AtomicInteger();
  private final String endpoint;
  private final String prefix;
  private final SqsClient client;

  /**
   * @param clock decides when a message's delay or visibility timeout has passed
   */
  public SqsTestEngine(InstantSource clock) {
    ActorSystem actors =
        ActorSystem.create(
            "elasticmq",
            ConfigFactory.parseString("pekko.daemonic = on, pekko.loglevel = WARNING")
                .withFallback(ConfigFactory.load()));
    Limits limits = StrictSQSLimits$.MODULE$;
    ActorRef manager =
        actors.actorOf(
            Props.create(
                QueueManagerActor.class,
                () -> new QueueManagerActor(now(clock), limits, Option.empty())));
    InetSocketAddress address =
        SQSRestServerBuilder$.MODULE$
            .withActorSystem(actors)
            .withQueueManagerActor(manager)
            .withInterface("localhost")
            .withDynamicPort()
            .withSQSLimits(limits)
            .start()
            .waitUntilStarted()
            .localAddress();
    endpoint = "http://localhost:" + address.getPort();
    prefix = "";
    client = new AwsClients(environment()).sqs();
  }

  private SqsTestEngine(String endpoint) {
    this.endpoint = endpoint;
    prefix = "test-" + UUID.randomUUID().toString().substring(0, 8) + "-";
    client = new AwsClients(environment()).sqs();
  }

  /** An engine in real time, for all tests of a JVM; started on first use. */
  public static synchronized SqsTestEngine shared() {
    if (shared == null) {
      String given = System.getenv("AWS_ENDPOINT_URL_SQS");
      shared = given == null ? new SqsTestEngine(InstantSource.system()) : new SqsTestEngine(given);
    }
    return shared;
  }

  private static NowProvider now(InstantSource clock) {
    return new NowProvider() {
      @Override
      public long nowMillis() {
        return clock.millis();
      }

      @Override
      public OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
      }
    };
  }

  public SqsClient client() {
    return client;
  }

  /** The environment variables that a function needs to find this engine. */
  public Map<String, String> environment() {
    return Credentials.with("AWS_ENDPOINT_URL_SQS", endpoint);
  }

  /** Creates a queue and returns its URL. */
  public String createQueue() {
    String name = prefix + "queue-" + queues.incrementAndGet();
    return client.createQueue(create -> create.queueName(name)).queueUrl();
  }
}
