package com.natifico.postback.functions.api;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * A route of template.yaml.
 *
 * @param function the resource that serves it
 * @param authorizer NONE, or the authorizer's name; empty for the default authorizer
 */
public record TemplateRoute(String function, String key, String authorizer) {
  private static final String HEAD = "HEAD ";

  /** All routes, in the order of the file, without those of HEAD, which are served as GET. */
  public static List<TemplateRoute> all() throws Exception {
    return declared().stream().filter(route -> !route.key().startsWith(HEAD)).toList();
  }

  /** The routes of HEAD, each with the key of its GET. */
  static List<TemplateRoute> ofHead() throws Exception {
    return declared().stream()
        .filter(route -> route.key().startsWith(HEAD))
        .map(
            route ->
                new TemplateRoute(
                    route.function(),
                    "GET " + route.key().substring(HEAD.length()),
                    route.authorizer()))
        .toList();
  }

  private static List<TemplateRoute> declared() throws Exception {
    String yaml = Files.readString(Path.of(System.getProperty("project.root"), "template.yaml"));
    Node root = new Compose(LoadSettings.builder().build()).composeString(yaml).orElseThrow();
    List<TemplateRoute> routes = new ArrayList<>();
    members(members(root).get("Resources"))
        .forEach(
            (function, resource) ->
                members(members(members(resource).get("Properties")).get("Events"))
                    .values()
                    .forEach(event -> add(routes, function, event)));
    return routes;
  }

  private static void add(List<TemplateRoute> routes, String function, Node event) {
    if (text(members(event).get("Type")).equals("HttpApi")) {
      Map<String, Node> properties = members(members(event).get("Properties"));
      routes.add(
          new TemplateRoute(
              function,
              text(properties.get("Method")) + " " + text(properties.get("Path")),
              text(members(properties.get("Auth")).get("Authorizer"))));
    }
  }

  private static Map<String, Node> members(@org.jspecify.annotations.Nullable Node node) {
    Map<String, Node> members = new TreeMap<>();
    if (node instanceof MappingNode mapping) {
      for (NodeTuple tuple : mapping.getValue()) {
        members.put(text(tuple.getKeyNode()), tuple.getValueNode());
      }
    }
    return members;
  }

  private static String text(@org.jspecify.annotations.Nullable Node node) {
    return node instanceof ScalarNode scalar ? scalar.getValue() : "";
  }
}
