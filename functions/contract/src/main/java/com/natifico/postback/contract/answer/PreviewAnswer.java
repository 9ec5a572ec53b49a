package com.natifico.postback.contract.answer;

import com.natifico.postback.postback.Preview;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a postback would send. */
public record PreviewAnswer(
    String url,
    @Nullable String body,
    Map<String, String> headers,
    List<Use> macros,
    List<WarningAnswer> warnings) {

  /** A macro in use, and its value before it is encoded. */
  public record Use(String name, @Nullable String value) {}

  public static PreviewAnswer of(Preview preview) {
    return new PreviewAnswer(
        preview.url(),
        preview.body(),
        preview.headers().byName(),
        preview.macros().stream().map(use -> new Use(use.macro().name(), use.value())).toList(),
        WarningAnswer.of(preview.warnings()));
  }
}
