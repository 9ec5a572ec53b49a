package com.natifico.postback.local.stream;

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
 * @param streamArn the stream's ARN in the template
 * @param failuresArn the queue of what is given up; null if there is none
 * @param window how long to wait for more records after the first record of a batch
 * @param namesShard whether events name their shard, as those of a tumbling window do
 */
public record StreamMappingSettings(
    String functionId,
    String tableName,
    String streamArn,
    @Nullable String failuresArn,
    int batchSize,
    Duration window,
    boolean namesShard) {
  private static final int MAX_BATCH = 10_000;

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
    Resource table = PipeSettings.tableOf("Stream", properties, template);
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
    if (properties.has("FilterCriteria")) {
      throw properties.wrong("FilterCriteria", "is not supported by the local stack");
    }
    Section onFailure = properties.section("DestinationConfig").section("OnFailure");
    return new StreamMappingSettings(
        functionId,
        table.name(),
        table.streamArn(),
        onFailure.findText("Destination"),
        batchSize,
        Duration.ofSeconds(properties.integer("MaximumBatchingWindowInSeconds", 0)),
        properties.integer("TumblingWindowInSeconds", 0) > 0);
  }
}
