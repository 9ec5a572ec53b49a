package com.natifico.postback.local.template;

import com.natifico.postback.delivery.Sender;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The properties that every function must have, and what its environment must not contain. */
final class FunctionRules {
  private static final String LOG_GROUP = "AWS::Logs::LogGroup";
  private static final Pattern SECRET =
      Pattern.compile("(?i)secret|passw|token|credential|private|(^|_|[a-z])key$|api_?key");
  private static final Pattern DYNAMIC_SECRET =
      Pattern.compile("\\{\\{resolve:(secretsmanager|ssm-secure):");

  private FunctionRules() {}

  /** Memory, timeout, architecture, runtime, tracing, logs. */
  static final Rule EXPLICIT =
      Rule.each(
          Resource.FUNCTION,
          (check, deployment) -> {
            check.has("Description", "MemorySize", "Timeout", "Runtime", "Tracing", "Role");
            check.that(
                check.properties().texts("Architectures").equals(List.of("arm64")),
                "does not run on arm64");
            check.that(
                !check.properties().has("Policies"), "has Policies, which SAM adds to its role");
            Section logging = check.properties().section("LoggingConfig");
            check.is(logging, "LogFormat", "Text");
            String group = logging.text("LogGroup", "");
            check.that(
                deployment.all(LOG_GROUP).stream().anyMatch(each -> each.name().equals(group)),
                "logs into a group that is not in the template");
          });

  static final Rule TRACED =
      Rule.each(
          Resource.FUNCTION,
          (check, deployment) -> {
            check.is(check.properties(), "Tracing", "Active");
            Resource role = RoleRules.roleOf(check.resource(), deployment);
            check.that(
                role != null
                    && RoleRules.allowed(role).stream()
                        .anyMatch(each -> each.action().equals("xray:PutTraceSegments")),
                "may not write traces");
          });

  static final Rule LOGS_END =
      Rule.each(LOG_GROUP, (check, deployment) -> check.has("RetentionInDays"));

  /** Each function has its own log group, so that the source of every line is known. */
  static final Rule OWN_LOG_GROUP =
      deployment -> {
        Map<String, List<String>> users = new TreeMap<>();
        for (Resource function : deployment.all(Resource.FUNCTION)) {
          String group = function.properties().section("LoggingConfig").text("LogGroup", "none");
          users.computeIfAbsent(group, _ -> new ArrayList<>()).add(function.id());
        }
        return users.values().stream()
            .filter(functions -> functions.size() > 1)
            .map(functions -> functions + " log into one group")
            .toList();
      };

  /**
   * If a lease could end while its owner is still running, a second sender could make the same
   * attempt.
   */
  static final Rule LEASED =
      deployment ->
          deployment.queueEvents().stream()
              .filter(
                  event ->
                      event.function().properties().integer("Timeout", 3)
                          > Sender.LEASE.toSeconds())
              .map(event -> event.id() + " may live longer than the lease of an attempt")
              .toList();

  /** Every principal that may read a function's configuration can read its environment. */
  static final Rule NO_SECRET =
      Rule.each(
          Resource.FUNCTION,
          (check, deployment) -> {
            Section written = deployment.declaration(check.resource()).section("Properties");
            Section variables = written.section("Environment").section("Variables");
            for (String name : variables.keys()) {
              check.that(
                  name.endsWith("_TABLE") || !SECRET.matcher(name).find(),
                  "has a secret in " + name);
              String value = String.valueOf(variables.find(name));
              check.that(!DYNAMIC_SECRET.matcher(value).find(), "resolves a secret in " + name);
              for (String parameter : deployment.written().section("Parameters").keys()) {
                Section declared = deployment.written().section("Parameters").section(parameter);
                boolean secret = declared.bool("NoEcho") || SECRET.matcher(parameter).find();
                check.that(
                    !(secret && value.matches("(?s).*\\b" + parameter + "\\b.*")),
                    "has the secret " + parameter + " in " + name);
              }
            }
          });
}
