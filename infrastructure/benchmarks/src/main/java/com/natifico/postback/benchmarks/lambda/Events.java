package com.natifico.postback.benchmarks.lambda;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.natifico.postback.aws.sqs.CallbackMessageCodec;
import com.natifico.postback.benchmarks.sender.Messages;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Recorded events, with new ids inserted. */
public final class Events {
  private Events() {}

  /** A single pushed conversion. */
  public static String push(String conversionId) {
    return recorded("push.json").replace("%s", conversionId);
  }

  /** A manager lists an affiliate's postbacks. */
  public static String list() {
    return recorded("list.json");
  }

  /** An authorization request with this key. */
  public static String authorize(String key) {
    return recorded("authorize.json").replace("%s", key);
  }

  /** The first attempt of a callback to this URL, in a batch of one. */
  public static String callback(String url) {
    String body = CallbackMessageCodec.encode(Messages.message(url));
    return recorded("callback.json")
        .replace("%s", String.valueOf(JsonStringEncoder.getInstance().quoteAsString(body)));
  }

  private static String recorded(String name) {
    try (InputStream in = Events.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(name + " cannot be read", e);
    }
  }
}
