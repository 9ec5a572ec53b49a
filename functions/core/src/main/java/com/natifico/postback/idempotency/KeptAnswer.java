package com.natifico.postback.idempotency;

import java.util.Map;

/**
 * The answer to the first request of a name, without anything that is answered only once.
 *
 * @param headers by name in lower case
 */
public record KeptAnswer(int status, Map<String, String> headers, String body) {
  public KeptAnswer {
    headers = Map.copyOf(headers);
  }
}
