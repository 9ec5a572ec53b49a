package com.natifico.postback.local.template;

import com.natifico.postback.local.gateway.HttpApi;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Rules for the HTTP API: access logs, limits and CORS. */
final class ApiRules {
  /**
   * The values that a log line may contain. None of them contains a query string, a header or a
   * body.
   */
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

  /** Applies if LogPersonalData is set. */
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
          check.that(
              !variables.replaceAll("").contains(ANY), "logs something that is not in $context");
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

  /** Routes with expensive requests have their own limits. */
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
                check.that(!pushes || own.contains(key), "has no separate limit for " + key);
              }
            }
          });

  /** Without CorsOrigins, no web page may call the API. */
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
                          check.that(
                              origin.endsWith(".invalid"), "allows web pages of " + origin)));
}
