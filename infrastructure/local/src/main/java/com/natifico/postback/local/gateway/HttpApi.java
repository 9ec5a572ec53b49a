package com.natifico.postback.local.gateway;

import com.natifico.postback.local.StartFailure;
import com.natifico.postback.local.template.Resource;
import com.natifico.postback.local.template.Section;
import com.natifico.postback.local.template.StackTemplate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The template's HTTP API: the routes, which are events of the functions, and the authorizers and
 * the CORS configuration, which are properties of the API.
 */
public record HttpApi(
    List<GatewayRoute> routes, Map<String, AuthorizerSettings> authorizers, @Nullable Cors cors) {

  record AuthorizerSettings(
      String functionId, Authorizer.IdentitySource identity, Duration keepDecisions) {}

  /**
   * @throws StartFailure for a feature that the local stack cannot serve as AWS does
   */
  public static HttpApi of(StackTemplate template) {
    List<Resource> apis = template.resources(Resource.HTTP_API);
    if (apis.size() != 1) {
      throw new StartFailure(
          "template.yaml has %s resources of the type %s; the local stack serves exactly one."
              .formatted(apis.size(), Resource.HTTP_API));
    }
    Section properties = apis.getFirst().properties();
    Section auth = properties.section("Auth");
    List<Resource> functions = template.resources(Resource.FUNCTION);
    Map<String, AuthorizerSettings> authorizers = new LinkedHashMap<>();
    auth.section("Authorizers")
        .sections()
        .forEach((name, section) -> authorizers.put(name, authorizer(section, functions)));
    List<GatewayRoute> routes = new ArrayList<>();
    for (Resource function : functions) {
      for (Section event : function.properties().section("Events").sections().values()) {
        if (event.text("Type").equals("HttpApi")) {
          routes.add(route(event, function.id(), auth.findText("DefaultAuthorizer"), authorizers));
        }
      }
    }
    return new HttpApi(routes, authorizers, Cors.of(properties));
  }

  private static AuthorizerSettings authorizer(Section section, List<Resource> functions) {
    if (!section.bool("EnableSimpleResponses")
        || !section.text("AuthorizerPayloadFormatVersion", "").equals("2.0")) {
      throw section.wrong(
          "EnableSimpleResponses",
          "must be true, with AuthorizerPayloadFormatVersion \"2.0\": the local stack supports"
              + " only such authorizers");
    }
    String arn = section.text("FunctionArn");
    String functionId =
        functions.stream()
            .filter(function -> function.arn().equals(arn) || arn.equals(function.aliasArn()))
            .findFirst()
            .orElseThrow(() -> section.wrong("FunctionArn", "does not name a function: " + arn))
            .id();
    Section identity = section.section("Identity");
    for (String unsupported : List.of("Context", "StageVariables")) {
      if (identity.has(unsupported)) {
        throw identity.wrong(unsupported, "is not supported by the local stack");
      }
    }
    return new AuthorizerSettings(
        functionId,
        new Authorizer.IdentitySource(
            identity.texts("Headers").stream().map(name -> name.toLowerCase(Locale.ROOT)).toList(),
            identity.texts("QueryStrings")),
        Duration.ofSeconds(identity.integer("ReauthorizeEvery", 300)));
  }

  private static GatewayRoute route(
      Section event,
      String functionId,
      @Nullable String defaultAuthorizer,
      Map<String, AuthorizerSettings> authorizers) {
    Section properties = event.section("Properties");
    String format = properties.text("PayloadFormatVersion", "2.0");
    if (!format.equals("2.0")) {
      throw properties.wrong("PayloadFormatVersion", "must be \"2.0\"");
    }
    String own = properties.section("Auth").findText("Authorizer");
    String authorizer = own == null ? defaultAuthorizer : own;
    if (authorizer != null && authorizer.equals("NONE")) {
      authorizer = null;
    }
    if (authorizer != null && !authorizers.containsKey(authorizer)) {
      throw properties.wrong("Auth.Authorizer", "does not name an authorizer: " + authorizer);
    }
    String path = properties.text("Path");
    if (path.equals("$default") || path.contains("+}")) {
      throw properties.wrong(
          "Path", "is " + path + ": the local stack serves fixed segments and {parameters} only");
    }
    return new GatewayRoute(
        properties.text("Method").toUpperCase(Locale.ROOT), path, functionId, authorizer);
  }
}
