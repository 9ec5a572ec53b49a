package com.natifico.postback.local.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Functions that serve HTTP start from a snapshot of the latest deployment. */
final class SnapshotRules {
  /** Lambda's limit for a version's description, in characters. */
  private static final int MAX_DESCRIPTION = 256;

  /**
   * Properties that are not part of the function's configuration: its callers, and the description
   * that is compared with it.
   */
  private static final Set<String> NOT_CONFIGURATION = Set.of("Events", "VersionDescription");

  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Za-z0-9]+)}");

  private SnapshotRules() {}

  /** Only a published version has a snapshot, so these functions are called by an alias. */
  static final Rule SNAPSHOTS =
      Rule.each(
          Resource.FUNCTION,
          (check, deployment) -> {
            if (routes(check.properties()) || authorizers(deployment).contains(check.resource())) {
              check.has("AutoPublishAlias");
              check.is(check.properties(), "AutoPublishAliasAllProperties", "true");
              check.is(check.properties().section("SnapStart"), "ApplyOn", "PublishedVersions");
            }
          });

  private static boolean routes(Section function) {
    return function.section("Events").sections().values().stream()
        .anyMatch(event -> event.text("Type").equals("HttpApi"));
  }

  private static List<Resource> authorizers(Deployment deployment) {
    List<String> arns = authorizerArns(deployment);
    return deployment.all(Resource.FUNCTION).stream()
        .filter(each -> arns.contains(each.arn()) || arns.contains(each.aliasArn()))
        .toList();
  }

  private static List<String> authorizerArns(Deployment deployment) {
    return deployment.all(Resource.HTTP_API).stream()
        .map(api -> api.properties().section("Auth").section("Authorizers"))
        .flatMap(authorizers -> authorizers.sections().values().stream())
        .map(authorizer -> authorizer.text("FunctionArn"))
        .toList();
  }

  /** SAM points routes to the alias, but authorizers to the ARN in the template. */
  static final Rule ALIASES =
      deployment -> {
        List<String> aliases =
            deployment.all(Resource.FUNCTION).stream()
                .filter(function -> function.properties().has("AutoPublishAlias"))
                .map(function -> String.valueOf(function.aliasArn()))
                .toList();
        return authorizerArns(deployment).stream()
            .filter(arn -> !aliases.contains(arn))
            .map(arn -> "an authorizer is not an alias: " + arn)
            .toList();
      };

  /**
   * Otherwise a parameter's new value reaches the function but not the version of its alias: a
   * withdrawn bootstrap key would keep working. A description with other parameters would request a
   * new version of an unchanged function, which Lambda does not create.
   */
  static final Rule PARAMETERS_ARE_PUBLISHED =
      Rule.each(
          Resource.FUNCTION,
          (check, deployment) -> {
            if (!check.properties().has("AutoPublishAlias")) {
              return;
            }
            Section parameters = deployment.written().section("Parameters");
            Section written = deployment.declaration(check.resource()).section("Properties");
            Set<String> used = new TreeSet<>();
            collect(deployment.written().section("Globals").find("Function"), deployment, used);
            written.keys().stream()
                .filter(key -> !NOT_CONFIGURATION.contains(key))
                .forEach(key -> collect(written.find(key), deployment, used));
            used.retainAll(parameters.keys());
            Set<String> described = new TreeSet<>();
            collect(written.find("VersionDescription"), deployment, described);
            check.that(
                used.equals(described),
                "depends on " + used + ", but the description of its versions on " + described);
            int length = described.size() - 1;
            for (String name : described) {
              length += longest(parameters.section(name));
            }
            check.that(length <= MAX_DESCRIPTION, "may have a description of length " + length);
          });

  /** Adds the names that a value refers to, also through conditions. */
  private static void collect(@Nullable Value value, Deployment deployment, Set<String> names) {
    switch (value) {
      case Value.Sequence(List<Value> items) ->
          items.forEach(item -> collect(item, deployment, names));
      case Value.Mapping(Map<String, Value> members) ->
          members.forEach(
              (key, member) -> {
                if (key.equals("Ref") && member instanceof Value.Text(String name)) {
                  names.add(name);
                } else if (key.equals("Fn::Sub") && member instanceof Value.Text(String text)) {
                  Matcher placeholder = PLACEHOLDER.matcher(text);
                  while (placeholder.find()) {
                    names.add(placeholder.group(1));
                  }
                } else {
                  if (key.equals("Fn::If")
                      && member instanceof Value.Sequence(List<Value> parts)
                      && parts.getFirst() instanceof Value.Text(String condition)) {
                    collect(
                        deployment.written().section("Conditions").find(condition),
                        deployment,
                        names);
                  }
                  collect(member, deployment, names);
                }
              });
      case Value.Text _ -> {}
      case null -> {}
    }
  }

  private static int longest(Section parameter) {
    List<String> values = new ArrayList<>();
    if (parameter.has("AllowedValues")) {
      values.addAll(parameter.texts("AllowedValues"));
    }
    if (parameter.has("MaxValue")) {
      values.add(parameter.text("MaxValue"));
    }
    return Math.max(
        values.stream().mapToInt(String::length).max().orElse(0),
        parameter.integer("MaxLength", values.isEmpty() ? MAX_DESCRIPTION : 0));
  }
}
