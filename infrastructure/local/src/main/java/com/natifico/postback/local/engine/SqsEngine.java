package com.natifico.postback.local.engine;

import com.natifico.postback.local.StartFailure;
import com.natifico.postback.local.template.Account;
import com.natifico.postback.local.template.Resource;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.Terminated;
import org.elasticmq.server.ElasticMQServer;
import org.elasticmq.server.config.ElasticMQServerConfig;
import org.jspecify.annotations.Nullable;
import scala.Function0;

/** ElasticMQ on the loopback interface. */
public final class SqsEngine implements AutoCloseable {
  private static final Map<String, String> QUIET_ACTORS =
      Map.of(
          "pekko.loglevel", "OFF",
          "pekko.stdout-loglevel", "OFF",
          "pekko.daemonic", "on",
          // An actor that fails to store a message is stopped. Restarted, it would know no queue,
          // store nothing any
          // more, and confirm every message.
          "pekko.actor.guardian-supervisor-strategy",
              "org.apache.pekko.actor.StoppingSupervisorStrategy",
          // It is stopped explicitly, after its users.
          "pekko.jvm-shutdown-hooks", "off",
          "pekko.coordinated-shutdown.run-by-jvm-shutdown-hook", "off");

  private final Function0<Terminated> stop;

  private SqsEngine(Function0<Terminated> stop) {
    this.stop = stop;
  }

  /**
   * The address on which it will listen; it is needed before the start because the functions'
   * environment contains the queues' URLs.
   */
  public record Address(int port) {
    public static Address free() {
      return new Address(FreePort.find());
    }

    public URI endpoint() {
      return URI.create("http://127.0.0.1:" + port);
    }

    /** The prefix of a queue's URL, up to its name. */
    public String queueUrlPrefix() {
      return endpoint() + "/" + Account.ID + "/";
    }
  }

  /**
   * @param queues created at the start. The queues of an earlier run are restored first, with their
   *     messages.
   * @param directory the directory of queues and messages; null to keep them in memory. H2 writes
   *     to its file at every commit, so a confirmed message survives a killed process.
   */
  public static SqsEngine start(Address address, List<Resource> queues, @Nullable Path directory) {
    QUIET_ACTORS.forEach(System::setProperty);
    ConfigFactory.invalidateCaches();
    Map<String, Object> settings = new HashMap<>();
    settings.put("node-address.host", "127.0.0.1");
    settings.put("node-address.port", address.port());
    settings.put("rest-sqs.bind-hostname", "127.0.0.1");
    settings.put("rest-sqs.bind-port", address.port());
    settings.put("aws.region", Account.REGION);
    settings.put("aws.accountId", Account.ID);
    if (directory != null) {
      settings.put("messages-storage.enabled", true);
      settings.put(
          "messages-storage.uri",
          "jdbc:h2:"
              + directory.resolve("queues").toAbsolutePath()
              + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE");
    }
    settings.put("queues", new Queues(queues).asElasticMqSettings());
    Config config = ConfigFactory.parseMap(settings).withFallback(ConfigFactory.load());
    try {
      ElasticMQServer server = new ElasticMQServer(new ElasticMQServerConfig(config));
      return new SqsEngine(server.start());
    } catch (RuntimeException e) {
      throw new StartFailure("ElasticMQ does not start: " + e, e);
    }
  }

  @Override
  public void close() {
    stop.apply();
  }
}
