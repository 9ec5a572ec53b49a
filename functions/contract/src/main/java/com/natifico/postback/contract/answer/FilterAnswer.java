package com.natifico.postback.contract.answer;

import com.natifico.postback.macro.FilterDescription;

/** A filter of the postback information. */
public record FilterAnswer(
    String name,
    String syntax,
    String description,
    String example,
    String exampleValue,
    String exampleResult) {
  public static FilterAnswer of(FilterDescription filter) {
    return new FilterAnswer(
        filter.name(),
        filter.syntax(),
        filter.description(),
        filter.example(),
        filter.exampleValue(),
        filter.exampleResult());
  }
}
