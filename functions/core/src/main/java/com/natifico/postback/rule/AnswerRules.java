package com.natifico.postback.rule;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rules of a postback, in their order; the first that matches decides. */
public record AnswerRules(List<AnswerRule> list) {
  public static final int MAX_RULES = 20;

  /** The status alone decides. */
  public static final AnswerRules NONE = new AnswerRules(List.of());

  public AnswerRules {
    list = List.copyOf(list);
  }

  /** Whether a rule depends on the body of the response. */
  public boolean readBody() {
    return list.stream().anyMatch(rule -> rule.when().readsBody());
  }

  /**
   * The rule that decides; null if none matches.
   *
   * @param body the part of the body that was read
   */
  public @Nullable AnswerRule match(int status, String body) {
    ResponseText response = new ResponseText(status, body);
    for (AnswerRule rule : list) {
      if (rule.when().matches(response)) {
        return rule;
      }
    }
    return null;
  }
}
