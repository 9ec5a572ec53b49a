package com.natifico.postback.local.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.natifico.postback.local.StartFailure;
import com.natifico.postback.local.template.StackTemplate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PipeSettingsTest {
  private static final String TEMPLATE =
      """
      Resources:
        Table:
          Type: AWS::DynamoDB::Table
          Properties: { StreamSpecification: { StreamViewType: NEW_IMAGE } }
        Silent: { Type: AWS::DynamoDB::Table, Properties: {} }
        News: { Type: AWS::SNS::Topic }
        Pipe:
          Type: AWS::Pipes::Pipe
          Properties:
            Source: !GetAtt Table.StreamArn
            SourceParameters:
              FilterCriteria: { Filters: [{ Pattern: '{"eventName": ["INSERT"]}' }] }
            Target: !Ref News
            TargetParameters: { InputTemplate: '{"k": "v"}' }
      """;

  @TempDir private Path directory;

  private List<PipeSettings> read(String yaml) throws IOException {
    Path file = Files.writeString(directory.resolve("template.yaml"), yaml);
    return PipeSettings.of(StackTemplate.read(file, Map.of(), "http://sqs/"), new ObjectMapper());
  }

  @Test
  void findsTheTableAndTheTopic() throws Exception {
    PipeSettings pipe = read(TEMPLATE).getFirst();
    assertEquals("Table", pipe.tableName());
    assertEquals("News", pipe.topicId());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "!GetAtt Table.StreamArn | !GetAtt Silent.StreamArn | Source is not the stream of a table",
        "!Ref News | arn:aws:sqs:x:1:q | Target is not the ARN of a resource of type AWS::SNS::Topic",
        "[\"INSERT\"] | [{\"suffix\": \"T\"}] | does not support the operator {\"suffix\":\"T\"}",
        "[\"INSERT\"] | [ | Pattern is not JSON",
        "\"v\" | <aws.pipes.pipe-name> | does not support the variable <aws.pipes.pipe-name>",
        "Source: | Enrichment: x, Source: | Enrichment is not supported",
      })
  void refusesAtTheStartWhatItDoesNotRun(String right, String wrong, String message) {
    String yaml = TEMPLATE.replace(right, wrong.replace(", ", "\n      "));
    StartFailure failure = assertThrows(StartFailure.class, () -> read(yaml));
    assertTrue(String.valueOf(failure.getMessage()).contains(message), failure.getMessage());
  }
}
