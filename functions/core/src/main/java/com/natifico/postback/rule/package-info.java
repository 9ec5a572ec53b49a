/**
 * Whether the response of a tracker means that it took the callback. {@link AnswerRules} are an
 * affiliate's own or those of a tracker ({@link TrackerRules}); the first {@link AnswerRule} whose
 * {@link Condition} matches decides. A response is judged in time proportional to its length.
 */
@NullMarked
package com.natifico.postback.rule;

import org.jspecify.annotations.NullMarked;
