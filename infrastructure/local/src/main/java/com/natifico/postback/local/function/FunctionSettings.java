package com.natifico.postback.local.function;

import com.natifico.postback.local.template.Account;
import com.natifico.postback.local.template.Resource;
import com.natifico.postback.local.template.Section;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A function as the template describes it.
 *
 * @param zip the package
 * @param handler the handler's class
 * @param environment the function's variables and those that Lambda adds
 */
public record FunctionSettings(
    String id,
    Path zip,
    String handler,
    int timeoutSeconds,
    int memoryMegabytes,
    Map<String, String> environment) {
  public FunctionSettings {
    environment = Map.copyOf(environment);
  }

  /**
   * @param root the directory to which {@code CodeUri} is relative
   * @param endpoints variables that name the engines
   */
  public static FunctionSettings of(Resource function, Path root, Map<String, String> endpoints) {
    Section properties = function.properties();
    Path zip = root.resolve(properties.text("CodeUri")).normalize();
    String handler = properties.text("Handler");
    int memory = properties.integer("MemorySize", 128);
    Map<String, String> environment = new LinkedHashMap<>(lambda(function, handler, memory));
    Section own = properties.section("Environment").section("Variables");
    own.keys().forEach(name -> environment.put(name, own.text(name)));
    environment.putAll(endpoints);
    // There is no CloudWatch here that would extract metrics from the log.
    environment.remove("METRICS_NAMESPACE");
    return new FunctionSettings(
        function.id(), zip, handler, properties.integer("Timeout", 3), memory, environment);
  }

  private static Map<String, String> lambda(Resource function, String handler, int memory) {
    Map<String, String> variables = new LinkedHashMap<>();
    // Identifies the function to the engines, which check its calls against its role.
    variables.put("AWS_ACCESS_KEY_ID", function.id());
    variables.put("AWS_REGION", Account.REGION);
    variables.put("AWS_DEFAULT_REGION", Account.REGION);
    variables.put("AWS_EXECUTION_ENV", "AWS_Lambda_java25");
    variables.put("AWS_LAMBDA_FUNCTION_NAME", function.name());
    variables.put("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST");
    variables.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", String.valueOf(memory));
    variables.put("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand");
    variables.put("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/" + function.name());
    variables.put("AWS_LAMBDA_LOG_STREAM_NAME", "local");
    variables.put(
        "AWS_LAMBDA_LOG_FORMAT",
        function.properties().section("LoggingConfig").text("LogFormat", "Text"));
    variables.put("_HANDLER", handler);
    variables.put("LANG", "en_US.UTF-8");
    variables.put("TZ", ":UTC");
    return variables;
  }
}
