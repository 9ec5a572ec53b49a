package com.natifico.postback.aws.lambda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.amazonaws.services.lambda.runtime.CustomPojoSerializer;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2CustomAuthorizerEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.amazonaws.services.lambda.runtime.events.S3Event;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SimpleIAMPolicyResponse;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** Recorded events, compared with the runtime's own mapping. */
final class EventSerializerTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final EventSerializer serializer = new EventSerializer();

  @Test
  void readsRequestsAsTheRuntimeDoes() throws IOException {
    assertSame("http-post.json", APIGatewayV2HTTPEvent.class);
    assertSame("http-get.json", APIGatewayV2HTTPEvent.class);
  }

  @Test
  void readsBatchesAsTheRuntimeDoes() throws IOException {
    SQSEvent ours = read("sqs.json", SQSEvent.class);
    SQSEvent theirs = runtime(SQSEvent.class).fromJson(resource("sqs.json"));

    // Our serializer omits message attributes.
    theirs.getRecords().forEach(message -> message.setMessageAttributes(null));
    assertEquals(theirs, ours);
  }

  @Test
  void readsAuthorizerRequestsAsTheRuntimeDoes() throws IOException {
    assertSame("authorizer.json", APIGatewayV2CustomAuthorizerEvent.class);
  }

  @Test
  void writesResponsesAsTheRuntimeDoes() throws IOException {
    assertSameAnswer(
        APIGatewayV2HTTPResponse.builder()
            .withStatusCode(202)
            .withHeaders(Map.of("content-type", "application/json"))
            .withCookies(List.of("a=1"))
            .withBody("{\"a\": \"ü \ud83d\ude00 \u2028 \\\"\"}")
            .build(),
        APIGatewayV2HTTPResponse.class);
    assertSameAnswer(
        APIGatewayV2HTTPResponse.builder().withStatusCode(204).build(),
        APIGatewayV2HTTPResponse.class);
  }

  @Test
  void writesBatchResponsesAsTheRuntimeDoes() throws IOException {
    assertSameAnswer(
        new SQSBatchResponse(List.of(new BatchItemFailure("m-1"), new BatchItemFailure("m-2"))),
        SQSBatchResponse.class);
    assertSameAnswer(new SQSBatchResponse(List.of()), SQSBatchResponse.class);
  }

  @Test
  void writesDecisionsAsTheRuntimeDoes() throws IOException {
    assertSameAnswer(
        SimpleIAMPolicyResponse.builder()
            .withIsAuthorized(true)
            .withContext(Map.of("role", "affiliate", "affiliate_id", "77"))
            .build(),
        SimpleIAMPolicyResponse.class);
    assertSameAnswer(
        SimpleIAMPolicyResponse.builder().withIsAuthorized(false).withContext(Map.of()).build(),
        SimpleIAMPolicyResponse.class);
  }

  @Test
  void rejectsUnknownEventClasses() {
    assertThrows(IllegalArgumentException.class, () -> serializer.fromJson("{}", S3Event.class));
    assertThrows(
        IllegalArgumentException.class,
        () -> serializer.toJson("text", new ByteArrayOutputStream(), String.class));
  }

  @Test
  void isTheOnlySerializerThatTheRuntimeFinds() {
    List<CustomPojoSerializer> found =
        ServiceLoader.load(CustomPojoSerializer.class).stream()
            .map(ServiceLoader.Provider::get)
            .toList();

    assertEquals(1, found.size());
    assertTrue(found.getFirst() instanceof EventSerializer);
  }

  private <T> void assertSame(String resource, Class<T> type) throws IOException {
    assertEquals(runtime(type).fromJson(resource(resource)), read(resource, type));
  }

  /** Compares as JSON; a null member equals a missing one. */
  private <T> void assertSameAnswer(T answer, Class<T> type) throws IOException {
    ByteArrayOutputStream theirs = new ByteArrayOutputStream();
    runtime(type).toJson(answer, theirs);
    ByteArrayOutputStream ours = new ByteArrayOutputStream();
    serializer.toJson(answer, ours, type);

    assertEquals(withoutNulls(theirs), withoutNulls(ours));
  }

  private static JsonNode withoutNulls(ByteArrayOutputStream json) throws IOException {
    JsonNode node = JSON.readTree(json.toString(StandardCharsets.UTF_8));
    node.properties().stream()
        .filter(member -> member.getValue().isNull())
        .map(Map.Entry::getKey)
        .toList()
        .forEach(((com.fasterxml.jackson.databind.node.ObjectNode) node)::remove);
    return node;
  }

  private <T> T read(String resource, Class<T> type) throws IOException {
    return serializer.fromJson(resource(resource), type);
  }

  private static <T> PojoSerializer<T> runtime(Class<T> type) {
    return LambdaEventSerializers.isLambdaSupportedEvent(type.getName())
        ? LambdaEventSerializers.serializerFor(type, type.getClassLoader())
        : com.amazonaws.services.lambda.runtime.serialization.factories.JacksonFactory.getInstance()
            .getSerializer(type);
  }

  private static InputStream resource(String name) throws IOException {
    try (InputStream in = EventSerializerTest.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException(name + " is missing");
      }
      return new ByteArrayInputStream(in.readAllBytes());
    }
  }
}
