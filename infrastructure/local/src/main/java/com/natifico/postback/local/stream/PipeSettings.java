package com.natifico.postback.local.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.natifico.postback.local.StartFailure;
import com.natifico.postback.local.template.Resource;
import com.natifico.postback.local.template.Section;
import com.natifico.postback.local.template.StackTemplate;
import java.util.ArrayList;
import java.util.List;

/**
 * The settings of a pipe in the template.
 *
 * @param tableName the table whose stream the pipe reads
 * @param filters an event must match one of them; empty to match all events
 */
public record PipeSettings(
    String id,
    String tableName,
    List<EventPattern> filters,
    InputTemplate inputTemplate,
    String topicId) {
  public PipeSettings {
    filters = List.copyOf(filters);
  }

  boolean picks(JsonNode event) {
    return filters.isEmpty() || filters.stream().anyMatch(filter -> filter.matches(event));
  }

  /**
   * @throws StartFailure for a kind of pipe that the local stack does not support
   */
  public static List<PipeSettings> of(StackTemplate template, ObjectMapper json) {
    return template.resources(Resource.PIPE).stream()
        .map(pipe -> of(pipe, template, json))
        .toList();
  }

  private static PipeSettings of(Resource pipe, StackTemplate template, ObjectMapper json) {
    Section properties = pipe.properties();
    if (properties.has("Enrichment")) {
      throw properties.wrong("Enrichment", "is not supported by the local stack");
    }
    Resource table = tableOf("Source", properties, template);
    Resource topic = template.byArn(Resource.TOPIC, properties, "Target");
    return new PipeSettings(
        pipe.id(),
        table.name(),
        filters(properties.section("SourceParameters").section("FilterCriteria"), json),
        inputTemplate(properties.section("TargetParameters"), json),
        topic.id());
  }

  /** The table whose stream this property names. */
  static Resource tableOf(String property, Section properties, StackTemplate template) {
    String stream = properties.text(property);
    return template.resources(Resource.TABLE).stream()
        .filter(each -> each.streamArn().equals(stream))
        .filter(each -> each.properties().has("StreamSpecification"))
        .findFirst()
        .orElseThrow(() -> properties.wrong(property, "is not the stream of a table: " + stream));
  }

  private static List<EventPattern> filters(Section criteria, ObjectMapper json) {
    List<EventPattern> filters = new ArrayList<>();
    for (Section filter : criteria.list("Filters")) {
      try {
        filters.add(EventPattern.of(json.readTree(filter.text("Pattern"))));
      } catch (JsonProcessingException e) {
        throw filter.wrong("Pattern", "is not JSON: " + e.getOriginalMessage());
      } catch (IllegalArgumentException e) {
        throw filter.wrong("Pattern", "cannot be used: " + e.getMessage());
      }
    }
    return filters;
  }

  private static InputTemplate inputTemplate(Section target, ObjectMapper json) {
    try {
      return new InputTemplate(target.text("InputTemplate"), json);
    } catch (IllegalArgumentException e) {
      throw target.wrong("InputTemplate", "cannot be used: " + e.getMessage());
    }
  }
}
