package com.natifico.postback.cli.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.natifico.postback.cli.api.ApiJson;
import com.natifico.postback.cli.api.UsageProblem;
import com.natifico.postback.cli.mcp.McpTool.Argument;
import com.natifico.postback.cli.mcp.McpTool.Effect;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class McpServerTest {
  private static final McpTool GREET =
      new McpTool(
          "greet",
          "Greet",
          "Greets.",
          Effect.READS,
          List.of(
              Argument.required("name", "Whom."),
              Argument.typed("times", "integer", "How often."),
              Argument.oneOf("tone", "How.", "warm", "cool")),
          arguments -> {
            if (arguments.path("name").asText().equals("stranger")) {
              throw new UsageProblem("There is no such person.");
            }
            return "Hello " + arguments.path("name").asText() + "\nand welcome";
          });

  private static List<JsonNode> conversation(String... messages) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new McpServer("1.0.0", List.of(GREET))
        .serve(
            new ByteArrayInputStream(String.join("\n", messages).getBytes(StandardCharsets.UTF_8)),
            new PrintStream(out, false, StandardCharsets.UTF_8));
    List<JsonNode> answers = new ArrayList<>();
    for (String line : out.toString(StandardCharsets.UTF_8).lines().toList()) {
      answers.add(ApiJson.MAPPER.readTree(line));
    }
    return answers;
  }

  private static JsonNode call(String arguments) throws Exception {
    return conversation(
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"greet\",\"arguments\":"
                + arguments
                + "}}")
        .getFirst()
        .path("result");
  }

  @Test
  void introducesItselfAndAnswersPings() throws Exception {
    List<JsonNode> answers =
        conversation(
            """
            {"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2099-01-01",\
            "capabilities":{},"clientInfo":{"name":"c","version":"1"}}}""",
            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}",
            "",
            "{\"jsonrpc\":\"2.0\",\"id\":\"p\",\"method\":\"ping\"}");
    assertEquals(2, answers.size());
    JsonNode result = answers.getFirst().path("result");
    assertEquals("2025-06-18", result.path("protocolVersion").asText());
    assertEquals("{\"tools\":{}}", result.path("capabilities").toString());
    assertEquals("postback", result.at("/serverInfo/name").asText());
    assertEquals("{\"jsonrpc\":\"2.0\",\"id\":\"p\",\"result\":{}}", answers.get(1).toString());
  }

  @Test
  void describesItsTools() throws Exception {
    JsonNode tools =
        conversation("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}")
            .getFirst()
            .at("/result/tools");
    assertEquals(
        ApiJson.MAPPER.readTree(
            """
            [{"name":"greet","title":"Greet","description":"Greets.",
              "inputSchema":{"type":"object","properties":{
                "name":{"type":"string","description":"Whom."},
                "times":{"type":"integer","description":"How often."},
                "tone":{"type":"string","description":"How.","enum":["warm","cool"]}},
               "required":["name"],"additionalProperties":false},
              "annotations":{"title":"Greet","readOnlyHint":true,"destructiveHint":false,
               "idempotentHint":true,"openWorldHint":false}}]
            """),
        tools);
  }

  @Test
  void callsATool() throws Exception {
    assertEquals(
        "{\"content\":[{\"type\":\"text\",\"text\":\"Hello you\\nand welcome\"}],\"isError\":false}",
        call("{\"name\":\"you\",\"times\":null}").toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                               | name is missing: Whom.",
        "[]                               | The arguments must be an object.",
        "{\"name\":1}                     | name must be of the type string.",
        "{\"name\":\"a\",\"times\":1.5}   | times must be of the type integer.",
        "{\"name\":\"a\",\"tone\":\"hot\"}| tone must be one of [warm, cool].",
        "{\"name\":\"a\",\"nam\":\"b\"}   | nam is not an argument of greet",
        "{\"name\":\"stranger\"}          | There is no such person."
      })
  void reportsFaultsToTheAssistant(String arguments, String message) throws Exception {
    JsonNode result = call(arguments);
    assertTrue(result.path("isError").asBoolean());
    assertTrue(result.at("/content/0/text").asText().startsWith(message), result.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{                                                      | null | -32700",
        "[]                                                     | null | -32600",
        "{\"id\":1,\"method\":\"ping\"}                         | 1    | -32600",
        "{\"jsonrpc\":\"2.0\",\"id\":1}                         | 1    | -32600",
        "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"ping\"}    | null | -32600",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"nothing\"}  | 1    | -32601",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"x\"}} | 1 | -32602"
      })
  void answersWhatIsNotOfTheProtocolWithAnError(String message, String id, int code)
      throws Exception {
    List<JsonNode> answers = conversation(message);
    assertEquals(1, answers.size());
    assertEquals(id, answers.getFirst().path("id").toString());
    assertEquals(code, answers.getFirst().at("/error/code").asInt());
  }

  @Test
  void answersNeitherNotificationsNorAnswers() throws Exception {
    assertEquals(
        List.of(),
        conversation(
            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\"}",
            "{\"jsonrpc\":\"2.0\",\"id\":4,\"result\":{}}"));
  }
}
