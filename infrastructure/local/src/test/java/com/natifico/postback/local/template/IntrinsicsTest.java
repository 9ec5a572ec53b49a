package com.natifico.postback.local.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.natifico.postback.local.StartFailure;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntrinsicsTest {
  private static final String TEMPLATE =
      """
      Parameters:
        Stage: { Type: String, Default: dev }
        Zones: { Type: CommaDelimitedList, Default: "a, b,c" }
      Mappings:
        Sizes: { dev: { memory: 512 }, prod: { memory: 1024 } }
      Conditions:
        IsDev: !Equals [!Ref Stage, dev]
        IsProd: !Not [!Condition IsDev]
      Resources:
        Queue: { Type: AWS::SQS::Queue }
        Named: { Type: AWS::SQS::Queue, Properties: { QueueName: !Sub "${Stage}-named" } }
        Table: { Type: AWS::DynamoDB::Table }
        Function: { Type: AWS::Serverless::Function }
        Missing: { Type: AWS::SQS::Queue, Condition: IsProd }
        Probe:
          Type: Probe
          Properties: { value: VALUE }
      """;

  private static StackTemplate template(String expression) {
    String text = TEMPLATE.replace("VALUE", expression);
    Value.Mapping yaml = new YamlReader(Path.of("template.yaml")).read(text);
    return StackTemplate.of(yaml, Map.of(), "http://sqs/", "");
  }

  private static Section probe(String expression) {
    return template(expression).resources("Probe").getFirst().properties();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "plain | plain",
        "!Ref Stage | dev",
        "{ Ref: Stage } | dev",
        "!Ref Queue | http://sqs/Queue",
        "!Ref Named | http://sqs/dev-named",
        "!Ref Table | Table",
        "!Ref AWS::Region | us-east-1",
        "!GetAtt Queue.Arn | arn:aws:sqs:us-east-1:000000000000:Queue",
        "!GetAtt Table.Arn | arn:aws:dynamodb:us-east-1:000000000000:table/Table",
        "!GetAtt Named.QueueName | dev-named",
        "!GetAtt Function.Arn | arn:aws:lambda:us-east-1:000000000000:function:Function",
        "!Sub 'x-${Stage}-${AWS::AccountId}-${Queue.QueueName}-${!Stage}'"
            + " | x-dev-000000000000-Queue-${Stage}",
        "!Sub ['${a}-${Stage}', { a: !Ref Table }] | Table-dev",
        "!Join ['-', [a, !Ref Stage, c]] | a-dev-c",
        "!Join ['+', !Ref Zones] | a+b+c",
        "!Select [1, !Split [',', 'x,y,z']] | y",
        "!Select [2, !Ref Zones] | c",
        "!If [IsDev, small, large] | small",
        "!If [IsProd, small, !Ref Stage] | dev",
        "!FindInMap [Sizes, !Ref Stage, memory] | 512",
      })
  void evaluates(String expression, String expected) {
    assertEquals(expected, probe(expression).text("value"));
  }

  @Test
  void leavesOutWhatHasNoValue() {
    assertTrue(probe("!If [IsProd, x, !Ref AWS::NoValue]").keys().isEmpty());
  }

  @Test
  void leavesOutAResourceWhoseConditionDoesNotHold() {
    assertEquals(2, template("x").resources(Resource.QUEUE).size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "!Ref Absent",
        "!Ref Missing",
        "!GetAtt Absent.Arn",
        "!GetAtt Absent",
        "!Sub '${Absent}'",
        "!If [Absent, a, b]",
        "!If [IsDev, a]",
        "!Select [3, !Ref Zones]",
        "!FindInMap [Sizes, test, memory]",
        "!ImportValue x",
        "!Join [a]",
        "!Base64 abc",
        "!Or [!Condition IsDev, !Condition IsProd]",
        "!GetAtt [Table, Arn]"
      })
  void refusesWhatLeadsNowhereAndSaysWhere(String expression) {
    StartFailure failure = assertThrows(StartFailure.class, () -> probe(expression));
    assertTrue(
        String.valueOf(failure.getMessage())
            .startsWith("template.yaml, template.yaml.Resources.Probe.Properties.value: "),
        failure.getMessage());
  }
}
