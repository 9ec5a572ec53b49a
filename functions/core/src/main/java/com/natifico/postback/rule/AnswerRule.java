package com.natifico.postback.rule;

import org.jspecify.annotations.Nullable;

/**
 * What a matching response means.
 *
 * @param meaning null if the rule names none
 */
public record AnswerRule(Condition when, Ruling then, @Nullable Meaning meaning) {}
