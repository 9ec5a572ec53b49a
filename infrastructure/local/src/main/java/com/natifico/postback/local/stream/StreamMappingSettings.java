package com.natifico.postback.local.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.natifico.postback.local.StartFailure;
import com.natifico.postback.local.template.Resource;
import com.natifico.postback.local.template.Section;
import com.natifico.postback.local.template.StackTemplate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event source mapping between a table's stream and a function.
 *
 * @param failuresArn the queue of what is given up; null if there is none
 * @param window how long to wait for more records after the first record of a batch
 * @param namesShard whether events name their shard, as those of a tumbling window do
 */
public record StreamMappingSettings(
    String functionId,
    Source source,
    @Nullable String failuresArn,
    int batchSize,
    Duration window,
    boolean namesShard) {
  private static final int MAX_BATCH = 10_000;

  /** AWS's quota for a mapping. */
  private static final int MAX_FILTERS = 5;

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * What a mapping reads.
   *
   * @param streamArn the stream's ARN in the template
   * @param fromNow whether it reads only what is written after its start
   * @param filters a record must match one of them; empty to match all records
   */
  record Source(String tableName, String streamArn, boolean fromNow, List<EventPattern> filters) {
    Source {
      filters = List.copyOf(filters);
    }
  }

  public String tableName() {
    return source.tableName();
  }

  public String streamArn() {
    return source.streamArn();
  }

  /**
   * The mappings of the template, which are events of the functions.
   *
   * @throws StartFailure for settings that AWS would refuse or the local stack does not support
   */
  public static List<StreamMappingSettings> of(StackTemplate template) {
    List<StreamMappingSettings> mappings = new ArrayList<>();
    for (Resource function : template.resources(Resource.FUNCTION)) {
      for (Section event : function.properties().section("Events").sections().values()) {
        if (event.text("Type").equals("DynamoDB")) {
          mappings.add(of(event.section("Properties"), function.id(), template));
        }
      }
    }
    return mappings;
  }

  private static StreamMappingSettings of(
      Section properties, String functionId, StackTemplate template) {
    int batchSize = properties.integer("BatchSize", 100);
    if (batchSize < 1 || batchSize > MAX_BATCH) {
      throw properties.wrong("BatchSize", "must be 1 to " + MAX_BATCH);
    }
    if (!properties.texts("FunctionResponseTypes").contains("ReportBatchItemFailures")) {
      throw properties.wrong("FunctionResponseTypes", "must contain ReportBatchItemFailures");
    }
    if (properties.integer("ParallelizationFactor", 1) != 1) {
      throw properties.wrong("ParallelizationFactor", "must be 1 in the local stack");
    }
    Section onFailure = properties.section("DestinationConfig").section("OnFailure");
    return new StreamMappingSettings(
        functionId,
        source(properties, template),
        onFailure.findText("Destination"),
        batchSize,
        Duration.ofSeconds(properties.integer("MaximumBatchingWindowInSeconds", 0)),
        properties.integer("TumblingWindowInSeconds", 0) > 0);
  }

  private static Source source(Section properties, StackTemplate template) {
    String stream = properties.text("Stream");
    Resource table =
        template.resources(Resource.TABLE).stream()
            .filter(each -> each.streamArn().equals(stream))
            .filter(each -> each.properties().has("StreamSpecification"))
            .findFirst()
            .orElseThrow(
                () -> properties.wrong("Stream", "is not the stream of a table: " + stream));
    return new Source(
        table.name(),
        table.streamArn(),
        properties.text("StartingPosition", "TRIM_HORIZON").equals("LATEST"),
        filters(properties.section("FilterCriteria")));
  }

  private static List<EventPattern> filters(Section criteria) {
    List<EventPattern> filters = new ArrayList<>();
    for (Section filter : criteria.list("Filters")) {
      try {
        filters.add(EventPattern.of(JSON.readTree(filter.text("Pattern"))));
      } catch (JsonProcessingException e) {
        throw filter.wrong("Pattern", "is not JSON: " + e.getOriginalMessage());
      } catch (IllegalArgumentException e) {
        throw filter.wrong("Pattern", "cannot be used: " + e.getMessage());
      }
    }
    if (filters.size() > MAX_FILTERS) {
      throw criteria.wrong("Filters", "must be at most " + MAX_FILTERS);
    }
    return filters;
  }
}
