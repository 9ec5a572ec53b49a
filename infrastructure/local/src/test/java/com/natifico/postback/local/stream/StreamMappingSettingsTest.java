package com.natifico.postback.local.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.natifico.postback.local.StartFailure;
import com.natifico.postback.local.template.StackTemplate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StreamMappingSettingsTest {
  private static final String TEMPLATE =
      """
      Resources:
        Table:
          Type: AWS::DynamoDB::Table
          Properties: { StreamSpecification: { StreamViewType: NEW_AND_OLD_IMAGES } }
        Silent: { Type: AWS::DynamoDB::Table, Properties: {} }
        Failures: { Type: AWS::SQS::Queue }
        Reader:
          Type: AWS::Serverless::Function
          Properties:
            Events:
              Changes:
                Type: DynamoDB
                Properties:
                  Stream: !GetAtt Table.StreamArn
                  StartingPosition: TRIM_HORIZON
                  BatchSize: 100
                  MaximumBatchingWindowInSeconds: 2
                  TumblingWindowInSeconds: 60
                  ParallelizationFactor: 1
                  FunctionResponseTypes: [ReportBatchItemFailures]
                  DestinationConfig: { OnFailure: { Destination: !GetAtt Failures.Arn } }
      """;

  @TempDir private Path directory;

  private List<StreamMappingSettings> read(String yaml) throws IOException {
    Path file = Files.writeString(directory.resolve("template.yaml"), yaml);
    return StreamMappingSettings.of(StackTemplate.read(file, Map.of(), "http://sqs/"));
  }

  @Test
  void readsAMapping() throws Exception {
    StreamMappingSettings mapping = read(TEMPLATE).getFirst();

    assertEquals(
        new StreamMappingSettings(
            "Reader",
            new StreamMappingSettings.Source("Table", mapping.streamArn(), false, List.of()),
            mapping.failuresArn(),
            100,
            Duration.ofSeconds(2),
            true),
        mapping);
    assertTrue(mapping.streamArn().contains("Table/stream"), mapping.streamArn());
    assertTrue(String.valueOf(mapping.failuresArn()).endsWith(":Failures"));
  }

  @Test
  void readsWhereAMappingStartsAndItsFilters() throws Exception {
    StreamMappingSettings.Source source =
        read(TEMPLATE.replace("TRIM_HORIZON", "LATEST")
                + "            FilterCriteria: { Filters: [{ Pattern: '{\"k\": [\"v\"]}' }] }\n")
            .getFirst()
            .source();

    assertTrue(source.fromNow());
    assertEquals(1, source.filters().size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"k\": [{\"suffix\": \"T\"}]} | does not support the operator {\"suffix\":\"T\"}",
        "{\"k\": [ | Pattern is not JSON",
      })
  void refusesAFilterThatItCannotApply(String pattern, String message) {
    String yaml =
        TEMPLATE + "            FilterCriteria: { Filters: [{ Pattern: '" + pattern + "' }] }\n";
    StartFailure failure = assertThrows(StartFailure.class, () -> read(yaml));
    assertTrue(String.valueOf(failure.getMessage()).contains(message), failure.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "!GetAtt Table.StreamArn | !GetAtt Silent.StreamArn | Stream is not the stream of a table",
        "BatchSize: 100 | BatchSize: 10001 | BatchSize must be 1 to 10000",
        "Factor: 1 | Factor: 2 | ParallelizationFactor must be 1",
        "[ReportBatchItemFailures] | [] | must contain ReportBatchItemFailures"
      })
  void refusesWhatItCannotRun(String right, String wrong, String message) {
    StartFailure failure =
        assertThrows(StartFailure.class, () -> read(TEMPLATE.replace(right, wrong)));
    assertTrue(String.valueOf(failure.getMessage()).contains(message), failure.getMessage());
  }
}
