/**
 * The answers of the HTTP contract. An answer is a record whose components are the JSON's members,
 * and {@link AnswerJson} writes it with jackson-databind. The answers to pushes and all problems
 * are written as a stream ({@link PushAnswer}, {@link ProblemJson}), because the conversion
 * function must not load jackson-databind before its first push is answered:
 * infrastructure/docs/decisions/json.md has the measurement.
 */
@NullMarked
package com.natifico.postback.contract.answer;

import org.jspecify.annotations.NullMarked;
