package com.natifico.postback.contract.answer;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.natifico.postback.macro.Template.Correction;
import com.natifico.postback.macro.Template.Finding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is probably not meant in a template, though it can be sent. */
public record WarningAnswer(
    String code,
    String message,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String suggestion,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Correction correction) {
  static List<WarningAnswer> of(List<Finding> findings) {
    return findings.stream()
        .map(
            each ->
                new WarningAnswer(
                    each.code(), each.message(), each.suggestion(), each.correction()))
        .toList();
  }
}
