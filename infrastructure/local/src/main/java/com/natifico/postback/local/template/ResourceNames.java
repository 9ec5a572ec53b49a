package com.natifico.postback.local.template;

import com.natifico.postback.local.StartFailure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Resolves the names in a template to values. */
final class ResourceNames implements Intrinsics.Scope {
  private final Section root;
  private final Map<String, Section> declared;
  private final Map<String, Value> parameters;
  private final String queueUrlPrefix;
  private final String namePrefix;
  private final Map<String, Boolean> conditions = new HashMap<>();
  private final Set<String> judging = new HashSet<>();
  private final Intrinsics intrinsics = new Intrinsics(this);

  ResourceNames(
      Section root, Map<String, Value> parameters, String queueUrlPrefix, String namePrefix) {
    this.root = root;
    this.declared = root.section("Resources").sections();
    this.parameters = parameters;
    this.queueUrlPrefix = queueUrlPrefix;
    this.namePrefix = namePrefix;
  }

  Resource resource(String id, Section section, Section globals) {
    Value.Mapping own = section.section("Properties").mapping();
    String type = section.text("Type");
    if (type.startsWith("AWS::Serverless::")) {
      Section shared = globals.section(type.substring("AWS::Serverless::".length()));
      own = merged(shared.mapping(), own);
    }
    String path = section.path() + ".Properties";
    Value evaluated = intrinsics.evaluate(own, path);
    Value.Mapping properties = evaluated instanceof Value.Mapping mapping ? mapping : Value.none();
    return new Resource(id, type, name(id), new Section(path, properties));
  }

  /** A function's own properties override the globals; lists are concatenated (SAM's rule). */
  private static Value.Mapping merged(Value.Mapping globals, Value.Mapping own) {
    Map<String, Value> members = new LinkedHashMap<>(globals.members());
    own.members()
        .forEach(
            (key, value) ->
                members.merge(
                    key,
                    value,
                    (shared, mine) ->
                        switch (mine) {
                          case Value.Mapping inner when shared instanceof Value.Mapping outer ->
                              merged(outer, inner);
                          case Value.Sequence inner when shared instanceof Value.Sequence outer ->
                              added(outer, inner);
                          default -> mine;
                        }));
    return new Value.Mapping(members);
  }

  private static Value.Sequence added(Value.Sequence globals, Value.Sequence own) {
    List<Value> items = new ArrayList<>(globals.items());
    items.addAll(own.items());
    return new Value.Sequence(items);
  }

  boolean exists(String id) {
    Section section = declared.get(id);
    if (section == null) {
      return false;
    }
    String condition = section.findText("Condition");
    if (condition == null) {
      return true;
    }
    Boolean holds = condition(condition);
    if (holds == null) {
      throw section.wrong("Condition", "names " + condition + ", which does not exist");
    }
    return holds;
  }

  private String name(String id) {
    Section section = declared(id);
    Section properties = section.section("Properties");
    Value name = properties.find(Resource.nameProperty(section.text("Type")));
    return name != null
            && intrinsics.evaluate(name, properties.path()) instanceof Value.Text(String text)
        ? text
        : namePrefix + id;
  }

  private Section declared(String id) {
    Section section = declared.get(id);
    if (section == null) {
      throw new StartFailure("template.yaml has no resource " + id + ".");
    }
    return section;
  }

  @Override
  public @Nullable Value reference(String name) {
    Value parameter = parameters.get(name);
    if (parameter != null) {
      return parameter;
    }
    if (name.endsWith(".Stage")) {
      // SAM's name for the stage that it creates for an API.
      String api = name.substring(0, name.length() - ".Stage".length());
      return exists(api) ? new Value.Text("$default") : null;
    }
    if (name.endsWith(".Alias")) {
      return alias(name.substring(0, name.length() - ".Alias".length()));
    }
    String pseudo = pseudoParameter(name);
    if (pseudo != null) {
      return new Value.Text(pseudo);
    }
    return exists(name)
        ? new Value.Text(
            Resource.reference(declared(name).text("Type"), name(name), queueUrlPrefix))
        : null;
  }

  /** The alias that SAM creates for a function; null if it creates none. */
  private @Nullable Value alias(String function) {
    String alias =
        exists(function)
            ? declared(function).section("Properties").findText("AutoPublishAlias")
            : null;
    return alias == null
        ? null
        : new Value.Text(Resource.functionArn(name(function)) + ":" + alias);
  }

  private static @Nullable String pseudoParameter(String name) {
    return switch (name) {
      case "AWS::Region" -> Account.REGION;
      case "AWS::AccountId" -> Account.ID;
      case "AWS::Partition" -> "aws";
      case "AWS::URLSuffix" -> "amazonaws.com";
      case "AWS::StackName" -> Account.STACK;
      case "AWS::StackId" -> Account.arn("cloudformation", "stack/" + Account.STACK + "/local");
      default -> null;
    };
  }

  @Override
  public @Nullable String attribute(String resource, String attribute) {
    return exists(resource)
        ? Resource.attribute(
            declared(resource).text("Type"), name(resource), attribute, queueUrlPrefix)
        : null;
  }

  @Override
  public @Nullable Boolean condition(String name) {
    Boolean known = conditions.get(name);
    if (known != null) {
      return known;
    }
    Section section = root.section("Conditions");
    Value condition = section.find(name);
    if (condition == null) {
      return null;
    }
    if (!judging.add(name)) {
      throw section.wrong(name, "depends on itself");
    }
    boolean holds = intrinsics.holds(condition, section.path() + "." + name);
    conditions.put(name, holds);
    return holds;
  }

  @Override
  public @Nullable Value mapped(String mapping, String topKey, String secondKey) {
    return root.section("Mappings").section(mapping).section(topKey).find(secondKey);
  }
}
