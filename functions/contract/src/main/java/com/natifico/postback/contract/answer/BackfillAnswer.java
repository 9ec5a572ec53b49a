package com.natifico.postback.contract.answer;

import com.natifico.postback.delivery.Callback;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a back-fill would send.
 *
 * @param examples the oldest of them
 * @param next the cursor with which the count goes on; null at its end
 */
public record BackfillAnswer(int count, List<Example> examples, @Nullable String next) {
  public record Example(String conversionId, String url, @Nullable String body) {
    public static Example of(Callback callback) {
      return new Example(
          callback.conversionId(), callback.request().url(), callback.request().body());
    }
  }
}
