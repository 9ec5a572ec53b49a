package com.natifico.postback.local;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Authorizes a caller if the request says so, and records every event. */
public final class AuthorizerHandler implements RequestStreamHandler {
  private final Map<String, String> environment;

  public AuthorizerHandler(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    String event = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    LocalJournal.of(environment.getOrDefault("JOURNAL", "")).add(event);
    if (event.contains("broken-key")) {
      throw new IOException("as asked");
    }
    boolean isGood = event.contains("good-key");
    out.write(
        ("{\"isAuthorized\":" + isGood + ",\"context\":{\"role\":\"tester\"}}")
            .getBytes(StandardCharsets.UTF_8));
  }
}
