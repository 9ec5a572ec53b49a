package com.natifico.postback.endtoend;

import com.natifico.postback.local.LocalStack;
import com.natifico.postback.local.engine.ExternalEngines;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.localstack.LocalStackContainer;

/**
 * DynamoDB and SQS for the end-to-end tests. They run on the embedded engines and, if Docker is
 * available, also on LocalStack. If {@code AWS_ENDPOINT_URL_DYNAMODB} and {@code
 * AWS_ENDPOINT_URL_SQS} are set, they run only on those endpoints: LocalStack, moto or an AWS
 * account.
 *
 * @param environment the variables with which the local stack uses the engine
 */
public record Engine(String name, Map<String, String> environment) {
  private static final Engine EMBEDDED = new Engine("the embedded engines", Map.of());

  private static final Path ROOT = Path.of(System.getProperty("project.root", ""));

  static Stream<Engine> all() {
    Map<String, String> given = System.getenv();
    if (ExternalEngines.areIn(given)) {
      return Stream.of(new Engine("the external endpoints", given));
    }
    return DockerClientFactory.instance().isDockerAvailable()
        ? Stream.of(EMBEDDED, Container.ENGINE)
        : Stream.of(EMBEDDED);
  }

  /** One container for all tests, which Testcontainers removes at the end. */
  private static final class Container {
    static final Engine ENGINE = started();

    @SuppressWarnings("resource")
    private static Engine started() {
      LocalStackContainer container =
          new LocalStackContainer("localstack/localstack:4.9").withServices("dynamodb", "sqs");
      container.start();
      String endpoint = container.getEndpoint().toString();
      return new Engine(
          "LocalStack", Map.of(ExternalEngines.TABLES, endpoint, ExternalEngines.QUEUES, endpoint));
    }
  }

  /** Starts the whole system on the embedded engines, for tests that are not about the engine. */
  public static LocalStack startEmbedded(String parameters) {
    return EMBEDDED.start(parameters);
  }

  /** Starts the whole system on this engine. */
  LocalStack start(String parameters) {
    Map<String, String> switches = new HashMap<>(environment);
    switches.remove("DATA_DIR");
    switches.put("PORT", "0");
    switches.put("DEMO", "false");
    switches.put("PARAMETER_OVERRIDES", parameters);
    return LocalStack.start(ROOT, switches);
  }

  @Override
  public String toString() {
    return name;
  }
}
