package com.natifico.postback.contract.answer;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.natifico.postback.rule.AnswerRule;
import com.natifico.postback.rule.AnswerRules;
import com.natifico.postback.rule.Condition;
import com.natifico.postback.rule.Meaning;
import com.natifico.postback.rule.StatusRange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An answer rule, as it was given. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AnswerRuleAnswer(WhenAnswer when, String then, @Nullable String meaning) {

  /**
   * @param status a number, or a text such as 4xx
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record WhenAnswer(
      @Nullable Object status,
      @Nullable String contains,
      @Nullable String json,
      @Nullable String equals,
      @Nullable Boolean any) {}

  static List<AnswerRuleAnswer> of(AnswerRules rules) {
    return rules.list().stream().map(AnswerRuleAnswer::of).toList();
  }

  private static AnswerRuleAnswer of(AnswerRule rule) {
    Condition when = rule.when();
    Condition.JsonValue value = when.value();
    Meaning meaning = rule.meaning();
    return new AnswerRuleAnswer(
        new WhenAnswer(
            status(when.status()),
            when.contains(),
            value == null ? null : value.pointer().text(),
            value == null ? null : value.expected(),
            when.any() ? Boolean.TRUE : null),
        rule.then().word(),
        meaning == null ? null : meaning.word());
  }

  private static @Nullable Object status(@Nullable StatusRange status) {
    return status == null || !status.isSingle()
        ? status == null ? null : status.word()
        : (Object) status.first();
  }
}
