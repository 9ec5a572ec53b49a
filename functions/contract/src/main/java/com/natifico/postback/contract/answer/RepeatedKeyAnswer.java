package com.natifico.postback.contract.answer;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.natifico.postback.access.ApiKey;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a repeated request that created a key.
 *
 * @param key null, because a key is answered only once
 */
public record RepeatedKeyAnswer(@JsonUnwrapped KeyAnswer stored, @Nullable String key) {
  public static RepeatedKeyAnswer of(ApiKey stored) {
    return new RepeatedKeyAnswer(KeyAnswer.of(stored), null);
  }
}
