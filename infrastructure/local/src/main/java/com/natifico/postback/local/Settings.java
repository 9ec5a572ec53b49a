package com.natifico.postback.local;

import com.natifico.postback.local.template.Overrides;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The settings of the local stack.
 *
 * @param port 0 for any free port
 * @param dataDirectory where tables and queues are kept; null for memory
 * @param dynamoDbPort the port on which operators' commands reach the tables; 0 for any free port
 * @param environment all environment variables, for {@link
 *     com.natifico.postback.local.engine.ExternalEngines}
 */
record Settings(
    int port,
    Map<String, String> overrides,
    @Nullable Path dataDirectory,
    int dynamoDbPort,
    boolean demo,
    Map<String, String> environment) {
  Settings {
    overrides = Map.copyOf(overrides);
    environment = Map.copyOf(environment);
  }

  /**
   * @throws StartFailure for an invalid value
   */
  static Settings of(Path root, Map<String, String> environment) {
    String dataDirectory = environment.getOrDefault("DATA_DIR", "");
    return new Settings(
        port("PORT", environment, 8080),
        Overrides.parse(environment.getOrDefault("PARAMETER_OVERRIDES", "")),
        dataDirectory.isBlank() ? null : root.resolve(dataDirectory),
        port("DYNAMODB_PORT", environment, 0),
        demo(environment.getOrDefault("DEMO", "")),
        environment);
  }

  /** These settings with one more address range that callbacks may reach. */
  Settings allowing(String addressRange) {
    Map<String, String> allowing = new HashMap<>(overrides);
    allowing.merge(
        "EgressAllow", addressRange, (given, own) -> given.isBlank() ? own : given + "," + own);
    return new Settings(port, allowing, dataDirectory, dynamoDbPort, demo, environment);
  }

  private static int port(String name, Map<String, String> environment, int otherwise) {
    String text = environment.getOrDefault(name, "");
    if (text.isBlank()) {
      return otherwise;
    }
    if (text.matches("[0-9]{1,5}") && Integer.parseInt(text) <= 65_535) {
      return Integer.parseInt(text);
    }
    throw new StartFailure(name + "=" + text + " is not a port: give a number from 0 to 65535.");
  }

  private static boolean demo(String text) {
    return switch (text) {
      case "", "true" -> true;
      case "false" -> false;
      default -> throw new StartFailure("DEMO=" + text + " is not true or false.");
    };
  }
}
