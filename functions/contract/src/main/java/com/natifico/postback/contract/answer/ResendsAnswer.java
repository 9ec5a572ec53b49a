package com.natifico.postback.contract.answer;

import org.jspecify.annotations.Nullable;

/**
 * How far a bulk resend has come.
 *
 * @param next the cursor with which it goes on; null at its end
 */
public record ResendsAnswer(int count, @Nullable String next) {}
