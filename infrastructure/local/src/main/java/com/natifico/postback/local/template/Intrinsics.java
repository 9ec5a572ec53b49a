package com.natifico.postback.local.template;

import com.natifico.postback.local.StartFailure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** CloudFormation's intrinsic functions. */
final class Intrinsics {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(!?)([^}]*)}");

  /** Resolves the names in a template. */
  interface Scope {
    /** The parameter or resource; null if there is none with this name. */
    @Nullable Value reference(String name);

    /** The attribute; null if there is no resource with this name. */
    @Nullable String attribute(String resource, String attribute);

    /** The condition; null if there is none with this name. */
    @Nullable Boolean condition(String name);

    /** The mapped value; null if there is no such mapping or key. */
    @Nullable Value mapped(String mapping, String topKey, String secondKey);
  }

  private final Scope scope;

  Intrinsics(Scope scope) {
    this.scope = scope;
  }

  /**
   * The value with all functions evaluated; null for {@code AWS::NoValue}.
   *
   * @param path names the value in errors
   */
  @Nullable Value evaluate(Value value, String path) {
    return switch (value) {
      case Value.Text text -> text;
      case Value.Sequence(List<Value> items) -> {
        List<Value> evaluated = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
          Value item = evaluate(items.get(i), path + "[" + i + "]");
          if (item != null) {
            evaluated.add(item);
          }
        }
        yield new Value.Sequence(evaluated);
      }
      case Value.Mapping mapping -> {
        String function = function(mapping);
        yield function == null
            ? members(mapping, path)
            : call(function, mapping.members().values().iterator().next(), path);
      }
    };
  }

  private static @Nullable String function(Value.Mapping mapping) {
    if (mapping.members().size() != 1) {
      return null;
    }
    String key = mapping.members().keySet().iterator().next();
    return key.equals("Ref") || key.startsWith("Fn::") ? key : null;
  }

  private Value.Mapping members(Value.Mapping mapping, String path) {
    Map<String, Value> evaluated = new LinkedHashMap<>();
    mapping
        .members()
        .forEach(
            (key, member) -> {
              Value value = evaluate(member, path + "." + key);
              if (value != null) {
                evaluated.put(key, value);
              }
            });
    return new Value.Mapping(evaluated);
  }

  private @Nullable Value call(String function, Value argument, String path) {
    return switch (function) {
      case "Ref" -> reference(text(argument, path), path);
      case "Fn::GetAtt" -> new Value.Text(attribute(argument, path));
      case "Fn::Sub" -> new Value.Text(substitute(argument, path));
      case "Fn::Join" -> new Value.Text(join(argument, path));
      case "Fn::Split" -> split(argument, path);
      case "Fn::Select" -> select(argument, path);
      case "Fn::If" -> choose(argument, path);
      case "Fn::FindInMap" -> mapped(argument, path);
      case "Fn::Equals", "Fn::Not" ->
          new Value.Text(
              Boolean.toString(holds(new Value.Mapping(Map.of(function, argument)), path)));
      default -> throw wrong(path, function + " is not supported here");
    };
  }

  /** Whether a condition holds: a function of conditions, or the name of one. */
  boolean holds(Value condition, String path) {
    if (condition instanceof Value.Mapping(Map<String, Value> members) && members.size() == 1) {
      Map.Entry<String, Value> call = members.entrySet().iterator().next();
      switch (call.getKey()) {
        case "Condition" -> {
          return named(text(call.getValue(), path), path);
        }
        case "Fn::Not" -> {
          return !holds(arguments(call.getValue(), 1, path).getFirst(), path);
        }
        case "Fn::Equals" -> {
          List<Value> sides = arguments(call.getValue(), 2, path);
          Value left = evaluate(sides.get(0), path);
          return left != null && left.equals(evaluate(sides.get(1), path));
        }
        default -> {}
      }
    }
    Value value = evaluate(condition, path);
    if (value instanceof Value.Text(String text) && (text.equals("true") || text.equals("false"))) {
      return text.equals("true");
    }
    throw wrong(path, "a condition must be Equals, Not or Condition");
  }

  private boolean named(String name, String path) {
    Boolean holds = scope.condition(name);
    if (holds == null) {
      throw wrong(path, "there is no condition " + name);
    }
    return holds;
  }

  private @Nullable Value reference(String name, String path) {
    if (name.equals("AWS::NoValue")) {
      return null;
    }
    Value value = scope.reference(name);
    if (value == null) {
      throw wrong(path, "there is no parameter or resource " + name);
    }
    return value;
  }

  private String attribute(Value argument, String path) {
    return switch (argument) {
      case Value.Text(String text) when text.indexOf('.') > 0 -> attribute(text, path);
      default -> throw wrong(path, "Fn::GetAtt takes a resource, a dot and an attribute");
    };
  }

  private String attribute(String resourceAndAttribute, String path) {
    int dot = resourceAndAttribute.indexOf('.');
    String resource = resourceAndAttribute.substring(0, dot);
    String value = scope.attribute(resource, resourceAndAttribute.substring(dot + 1));
    if (value == null) {
      throw wrong(path, "there is no resource " + resource);
    }
    return value;
  }

  private String substitute(Value argument, String path) {
    String template;
    Map<String, Value> own;
    if (argument instanceof Value.Sequence(List<Value> items)
        && items.size() == 2
        && items.get(1) instanceof Value.Mapping(Map<String, Value> variables)) {
      template = text(items.get(0), path);
      own = variables;
    } else {
      template = text(argument, path);
      own = Map.of();
    }
    Matcher matcher = PLACEHOLDER.matcher(template);
    StringBuilder result = new StringBuilder();
    while (matcher.find()) {
      String name = matcher.group(2).strip();
      String value;
      if (!matcher.group(1).isEmpty()) {
        value = "${" + matcher.group(2) + "}";
      } else if (own.containsKey(name)) {
        value = evaluatedText(own.get(name), path);
      } else if (name.indexOf('.') > 0) {
        value = attribute(name, path);
      } else {
        value = evaluatedText(new Value.Mapping(Map.of("Ref", new Value.Text(name))), path);
      }
      matcher.appendReplacement(result, Matcher.quoteReplacement(value));
    }
    return matcher.appendTail(result).toString();
  }

  private String join(Value argument, String path) {
    List<Value> arguments = arguments(argument, 2, path);
    return evaluatedList(arguments.get(1), path).stream()
        .map(item -> text(item, path))
        .collect(Collectors.joining(text(arguments.get(0), path)));
  }

  private Value split(Value argument, String path) {
    List<Value> arguments = arguments(argument, 2, path);
    String separator = Pattern.quote(text(arguments.get(0), path));
    List<Value> parts = new ArrayList<>();
    for (String part : evaluatedText(arguments.get(1), path).split(separator, -1)) {
      parts.add(new Value.Text(part));
    }
    return new Value.Sequence(parts);
  }

  private Value select(Value argument, String path) {
    List<Value> arguments = arguments(argument, 2, path);
    List<Value> items = evaluatedList(arguments.get(1), path);
    String index = evaluatedText(arguments.get(0), path);
    if (!index.matches("[0-9]{1,6}") || Integer.parseInt(index) >= items.size()) {
      throw wrong(path, "Fn::Select finds no item " + index + " among " + items.size());
    }
    return items.get(Integer.parseInt(index));
  }

  private @Nullable Value choose(Value argument, String path) {
    List<Value> arguments = arguments(argument, 3, path);
    boolean holds = named(text(arguments.get(0), path), path);
    return evaluate(arguments.get(holds ? 1 : 2), path);
  }

  private Value mapped(Value argument, String path) {
    List<String> keys = new ArrayList<>();
    arguments(argument, 3, path).forEach(key -> keys.add(evaluatedText(key, path)));
    Value value = scope.mapped(keys.get(0), keys.get(1), keys.get(2));
    if (value == null) {
      throw wrong(path, "Fn::FindInMap finds no " + String.join(".", keys));
    }
    return value;
  }

  private static List<Value> arguments(Value argument, int count, String path) {
    List<Value> items = list(argument, path);
    if (items.size() != count) {
      throw wrong(path, "this function takes " + count + " arguments, not " + items.size());
    }
    return items;
  }

  private List<Value> evaluatedList(Value argument, String path) {
    return list(evaluate(argument, path), path);
  }

  private static List<Value> list(@Nullable Value value, String path) {
    if (value instanceof Value.Sequence(List<Value> items)) {
      return items;
    }
    throw wrong(path, "this function takes a list");
  }

  private String evaluatedText(Value argument, String path) {
    Value value = evaluate(argument, path);
    if (value == null) {
      throw wrong(path, "AWS::NoValue is not text");
    }
    return text(value, path);
  }

  private static String text(Value value, String path) {
    if (value instanceof Value.Text(String text)) {
      return text;
    }
    throw wrong(path, "this function takes text");
  }

  private static StartFailure wrong(String path, String what) {
    return new StartFailure("template.yaml, " + path + ": " + what + ".");
  }
}
