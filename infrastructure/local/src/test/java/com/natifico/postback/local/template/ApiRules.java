package com.natifico.postback.local.template;

import com.natifico.postback.local.gateway.HttpApi;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The HTTP API: its access logs, its limits, who may call it from a page. */
final class ApiRules {
  /** What a log line may hold. None of it is a query string, a header or a body. */
  private static final Set<String> LOGGED =
      Set.of(
          "authorizer.error",
          "authorizer.key_id",
          "authorizer.role",
          "error.responseType",
          "integrationErrorMessage",
          "integrationLatency",
          "path",
          "requestId",
          "requestTime",
          "responseLatency",
          "responseLength",
          "routeKey",
          "status");

  private static final Set<String> PERSONAL = Set.of("identity.sourceIp", "identity.userAgent");
  private static final Pattern VARIABLE = Pattern.compile("\\$context\\.([A-Za-z_.]+)");
  private static final String ANY = "$";

  private ApiRules() {}

  static final Rule ACCESS_LOGS = logs(LOGGED);

  /** With LogPersonalData. */
  static final Rule PERSONAL_ACCESS_LOGS =
      logs(
          java.util.stream.Stream.of(LOGGED, PERSONAL)
              .flatMap(Set::stream)
              .collect(Collectors.toSet()));

  private static Rule logs(Set<String> allowed) {
    return Rule.each(
        Resource.HTTP_API,
        (check, deployment) -> {
          Section settings = check.properties().section("AccessLogSettings");
          check.that(settings.has("DestinationArn"), "has no access log");
          String format = settings.text("Format", "");
          Matcher variables = VARIABLE.matcher(format);
          while (variables.find()) {
            check.that(allowed.contains(variables.group(1)), "logs " + variables.group(1));
          }
          check.that(!variables.replaceAll("").contains(ANY), "logs something that is no $context");
          check.that(format.contains("$context.requestId"), "logs no request id");
        });
  }

  static final Rule LIMITS =
      Rule.each(
          Resource.HTTP_API,
          (check, deployment) -> {
            Section routes = check.properties().section("RouteSettings");
            Set<String> keys =
                HttpApi.of(deployment.template()).routes().stream()
                    .map(route -> route.method() + " " + route.path())
                    .collect(Collectors.toSet());
            routes.keys().forEach(key -> check.that(keys.contains(key), "limits no route: " + key));
            limited(check, check.properties().section("DefaultRouteSettings"), "every route");
            routes.sections().forEach((key, settings) -> limited(check, settings, key));
          });

  private static void limited(Rule.Check check, Section settings, String route) {
    check.that(
        settings.integer("ThrottlingRateLimit", 0) > 0
            && settings.integer("ThrottlingBurstLimit", 0) > 0,
        "has no limit for " + route);
  }

  /** The routes whose requests are dear have limits of their own. */
  static final Rule OWN_LIMITS =
      Rule.each(
          Resource.HTTP_API,
          (check, deployment) -> {
            Set<String> own = Set.copyOf(check.properties().section("RouteSettings").keys());
            for (Resource function : deployment.all(Resource.FUNCTION)) {
              for (Section event : function.properties().section("Events").sections().values()) {
                Section route = event.section("Properties");
                String key = route.text("Method", "") + " " + route.text("Path", "");
                boolean pushes =
                    event.text("Type").equals("HttpApi")
                        && key.matches("(POST .*conversions(/batch)?|.*/postback|.*/resends)");
                check.that(!pushes || own.contains(key), "has no limit of its own for " + key);
              }
            }
          });

  /** Without CorsOrigins nobody's page may call. */
  static final Rule NO_ORIGINS =
      Rule.each(
          Resource.HTTP_API,
          (check, deployment) ->
              check
                  .properties()
                  .section("CorsConfiguration")
                  .texts("AllowOrigins")
                  .forEach(
                      origin ->
                          check.that(origin.endsWith(".invalid"), "lets in pages of " + origin)));
}
