package com.natifico.postback.endtoend;

import com.natifico.postback.local.LocalStack;
import com.natifico.postback.local.engine.GivenEngines;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.localstack.LocalStackContainer;

/**
 * DynamoDB and SQS for the end-to-end tests. They run on the embedded engines and, where Docker
 * answers, on LocalStack as well. If {@code AWS_ENDPOINT_URL_DYNAMODB} and {@code
 * AWS_ENDPOINT_URL_SQS} are set, they run only there: on LocalStack, moto or an AWS account.
 *
 * @param environment the variables that lead the local stack to the engine
 */
public record Engine(String name, Map<String, String> environment) {
  private static final Engine EMBEDDED = new Engine("the embedded engines", Map.of());

  private static final Path ROOT = Path.of(System.getProperty("project.root", ""));

  static Stream<Engine> all() {
    Map<String, String> given = System.getenv();
    if (GivenEngines.areIn(given)) {
      return Stream.of(new Engine("the given endpoints", given));
    }
    return DockerClientFactory.instance().isDockerAvailable()
        ? Stream.of(EMBEDDED, Container.ENGINE)
        : Stream.of(EMBEDDED);
  }

  /** One container for all tests; Testcontainers removes it after them. */
  private static final class Container {
    static final Engine ENGINE = started();

    @SuppressWarnings("resource")
    private static Engine started() {
      LocalStackContainer container =
          new LocalStackContainer("localstack/localstack:4.9").withServices("dynamodb", "sqs");
      container.start();
      String endpoint = container.getEndpoint().toString();
      return new Engine(
          "LocalStack", Map.of(GivenEngines.TABLES, endpoint, GivenEngines.QUEUES, endpoint));
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
