package com.natifico.postback.aws.lambda;

import com.amazonaws.services.lambda.runtime.CustomPojoSerializer;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2CustomAuthorizerEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SimpleIAMPolicyResponse;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;

/**
 * Reads and writes the events of our handlers as a stream. The runtime finds this class by
 * ServiceLoader and then does not load its own Jackson with reflection, which takes a quarter of a
 * function's start. Only the fields that handlers use are read. Unknown event classes are rejected,
 * so that a new handler cannot receive an incomplete event.
 */
public final class EventSerializer implements CustomPojoSerializer {
  private static final JsonFactory FACTORY = new JsonFactory();

  @Override
  @SuppressWarnings(
      "TypeParameterUnusedInFormals") // The runtime's interface requires this signature.
  public <T> T fromJson(InputStream json, Type type) {
    try (JsonParser parser = FACTORY.createParser(json)) {
      parser.nextToken();
      @SuppressWarnings("unchecked") // Each case returns an instance of its own class.
      T event = (T) read(parser, type);
      return event;
    } catch (IOException e) {
      throw new UncheckedIOException("an event that is not JSON", e);
    }
  }

  @Override
  @SuppressWarnings(
      "TypeParameterUnusedInFormals") // The runtime's interface requires this signature.
  public <T> T fromJson(String json, Type type) {
    return fromJson(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), type);
  }

  @Override
  public <T> void toJson(T answer, OutputStream json, Type type) {
    // The stream belongs to the runtime, so it is flushed and not closed.
    try (JsonGenerator generator =
        FACTORY.createGenerator(json).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)) {
      write(generator, answer);
    } catch (IOException e) {
      throw new UncheckedIOException("an answer that cannot be written", e);
    }
  }

  private static Object read(JsonParser parser, Type type) throws IOException {
    if (type == APIGatewayV2HTTPEvent.class) {
      return HttpEvents.read(parser);
    }
    if (type == SQSEvent.class) {
      return SqsEvents.read(parser);
    }
    if (type == APIGatewayV2CustomAuthorizerEvent.class) {
      return AuthorizerEvents.read(parser);
    }
    throw unknown(type);
  }

  private static void write(JsonGenerator generator, Object answer) throws IOException {
    if (answer instanceof APIGatewayV2HTTPResponse response) {
      HttpEvents.write(generator, response);
    } else if (answer instanceof SQSBatchResponse response) {
      SqsEvents.write(generator, response);
    } else if (answer instanceof SimpleIAMPolicyResponse response) {
      AuthorizerEvents.write(generator, response);
    } else {
      throw unknown(answer.getClass());
    }
  }

  private static IllegalArgumentException unknown(Type type) {
    return new IllegalArgumentException(
        "EventSerializer does not know " + type.getTypeName() + "; add its fields there.");
  }
}
