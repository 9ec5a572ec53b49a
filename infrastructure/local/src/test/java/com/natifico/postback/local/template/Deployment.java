package com.natifico.postback.local.template;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A deployment of template.yaml: the file as written, and its resources with the parameters filled
 * in.
 */
record Deployment(Section written, StackTemplate template) {
  private static final Value.Mapping FILE =
      new YamlReader(Path.of(System.getProperty("project.root", ""), "template.yaml")).read();

  /** The project's template with these parameters. */
  static Deployment of(Map<String, String> overrides) {
    return of(FILE, overrides);
  }

  /** A changed copy of the project's template, with its defaults. */
  static Deployment changed(UnaryOperator<Value.Mapping> change) {
    return of(change.apply(FILE), Map.of());
  }

  private static Deployment of(Value.Mapping yaml, Map<String, String> overrides) {
    return new Deployment(
        new Section("template.yaml", yaml), StackTemplate.of(yaml, overrides, "http://sqs/", ""));
  }

  List<Resource> all(String type) {
    return template.resources(type);
  }

  /** A resource's declaration, which includes its deletion policies and metadata. */
  Section declaration(Resource resource) {
    return written.section("Resources").section(resource.id());
  }

  /** The resource of this type with this ARN. */
  @Nullable Resource byArn(String type, String arn) {
    return all(type).stream()
        .filter(resource -> resource.arn().equals(arn))
        .findFirst()
        .orElse(null);
  }

  /** A function's event of type SQS, with its function and queue. */
  record QueueEvent(Resource function, String name, Section properties, @Nullable Resource queue) {
    String id() {
      return function.id() + "." + name;
    }
  }

  List<QueueEvent> queueEvents() {
    List<QueueEvent> events = new ArrayList<>();
    for (Resource function : all(Resource.FUNCTION)) {
      function
          .properties()
          .section("Events")
          .sections()
          .forEach(
              (name, event) -> {
                if (event.text("Type").equals("SQS")) {
                  Section properties = event.section("Properties");
                  Resource queue = byArn(Resource.QUEUE, properties.text("Queue"));
                  events.add(new QueueEvent(function, name, properties, queue));
                }
              });
    }
    return events;
  }

  /** The texts of a list, or the single text in its place. */
  static List<String> oneOrMany(Section section, String key) {
    return section.find(key) instanceof Value.Text(String text)
        ? List.of(text)
        : section.texts(key);
  }

  /** A copy with this value at the path; if the value is null, the path is removed. */
  static UnaryOperator<Value.Mapping> put(@Nullable Value value, String... path) {
    return mapping -> put(mapping, value, List.of(path));
  }

  static UnaryOperator<Value.Mapping> put(String text, String... path) {
    return put(new Value.Text(text), path);
  }

  static UnaryOperator<Value.Mapping> without(String... path) {
    return put((Value) null, path);
  }

  /** A copy with one more resource, given as YAML. */
  static UnaryOperator<Value.Mapping> plus(String id, String yaml) {
    return put(new YamlReader(Path.of("more.yaml")).read(yaml), "Resources", id);
  }

  private static Value.Mapping put(Value.Mapping into, @Nullable Value value, List<String> path) {
    Map<String, Value> members = new LinkedHashMap<>(into.members());
    String key = path.getFirst();
    if (path.size() > 1) {
      Value inner = members.getOrDefault(key, Value.none());
      List<String> rest = path.subList(1, path.size());
      members.put(
          key,
          switch (inner) {
            case Value.Mapping mapping -> put(mapping, value, rest);
            case Value.Sequence sequence -> put(sequence, value, rest);
            case Value.Text text -> throw new IllegalArgumentException(text + " has no " + rest);
          });
    } else if (value == null) {
      if (members.remove(key) == null) {
        throw new IllegalArgumentException("there is no " + key);
      }
    } else {
      members.put(key, value);
    }
    return new Value.Mapping(members);
  }

  /** In a list, the next element of the path is an index. */
  private static Value.Sequence put(Value.Sequence into, @Nullable Value value, List<String> path) {
    List<Value> items = new ArrayList<>(into.items());
    int index = Integer.parseInt(path.getFirst());
    if (path.size() > 1 && items.get(index) instanceof Value.Mapping mapping) {
      items.set(index, put(mapping, value, path.subList(1, path.size())));
    } else if (value != null) {
      items.set(index, value);
    } else {
      items.remove(index);
    }
    return new Value.Sequence(items);
  }
}
