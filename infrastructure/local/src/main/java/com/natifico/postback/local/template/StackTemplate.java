package com.natifico.postback.local.template;

import com.natifico.postback.local.StartFailure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A SAM template with its parameters filled in: the resources whose conditions hold, with all
 * functions in their properties evaluated.
 */
public final class StackTemplate {
  private final List<Resource> resources;

  private StackTemplate(List<Resource> resources) {
    this.resources = List.copyOf(resources);
  }

  /**
   * @param queueUrlPrefix the prefix of a queue's URL, up to its name
   * @throws StartFailure if the template cannot be read, or is inconsistent, or its parameters are
   *     wrong
   */
  public static StackTemplate read(
      Path file, Map<String, String> overrides, String queueUrlPrefix) {
    return read(file, overrides, queueUrlPrefix, "");
  }

  /**
   * @param namePrefix the prefix of physical names that are not in the template
   */
  public static StackTemplate read(
      Path file, Map<String, String> overrides, String queueUrlPrefix, String namePrefix) {
    return of(new YamlReader(file).read(), overrides, queueUrlPrefix, namePrefix);
  }

  static StackTemplate of(
      Value.Mapping yaml, Map<String, String> overrides, String queueUrlPrefix, String namePrefix) {
    Section root = new Section("template.yaml", yaml);
    Map<String, Value> parameters = Parameters.of(root.section("Parameters"), overrides);
    ResourceNames names = new ResourceNames(root, parameters, queueUrlPrefix, namePrefix);
    List<Resource> resources = new ArrayList<>();
    root.section("Resources")
        .sections()
        .forEach(
            (id, section) -> {
              if (names.exists(id)) {
                resources.add(names.resource(id, section, root.section("Globals")));
              }
            });
    if (resources.isEmpty()) {
      throw new StartFailure("template.yaml has no Resources.");
    }
    return new StackTemplate(resources);
  }

  /** All resources, in the order of the template. */
  public List<Resource> resources() {
    return resources;
  }

  /** The resources of this type, in the order of the template. */
  public List<Resource> resources(String type) {
    return resources.stream().filter(resource -> resource.type().equals(type)).toList();
  }

  /**
   * @throws StartFailure if there is no such resource
   */
  public Resource resource(String type, String id) {
    return resources(type).stream()
        .filter(resource -> resource.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new StartFailure("template.yaml has no " + type + " " + id + "."));
  }

  /**
   * The resource whose ARN is the value of a property.
   *
   * @throws StartFailure if there is no such resource
   */
  public Resource byArn(String type, Section properties, String property) {
    String arn = properties.text(property);
    return resources(type).stream()
        .filter(resource -> resource.arn().equals(arn))
        .findFirst()
        .orElseThrow(
            () ->
                properties.wrong(
                    property, "is not the ARN of a resource of type " + type + ": " + arn));
  }
}
