package com.natifico.postback.local;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Returns its event as the body, or the response that words in the event request. */
public final class EchoHandler implements RequestStreamHandler {
  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    byte[] event = in.readAllBytes();
    String text = new String(event, StandardCharsets.UTF_8);
    if (text.contains("please-throw")) {
      throw new IllegalStateException("as asked");
    }
    String answer;
    if (text.contains("please-infer")) {
      answer = "{\"plain\":true}";
    } else if (text.contains("please-create")) {
      answer =
          "{\"statusCode\":201,\"headers\":{\"Location\":\"/here\",\"content-length\":\"3\"},"
              + "\"cookies\":[\"a=1\",\"b=2\"],\"body\":\"{}\"}";
    } else {
      answer =
          "{\"statusCode\":200,\"headers\":{\"Content-Type\":\"application/json\","
              + "\"Access-Control-Allow-Origin\":\"*\"},"
              + "\"isBase64Encoded\":true,\"body\":\""
              + Base64.getEncoder().encodeToString(event)
              + "\"}";
    }
    out.write(answer.getBytes(StandardCharsets.UTF_8));
  }
}
