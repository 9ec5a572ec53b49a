package com.natifico.postback.contract.answer;

import java.nio.charset.StandardCharsets;

/**
 * Texts that UTF-8 can carry. A problem may quote a lone surrogate from a request; Lambda's runtime
 * would fail to encode it.
 */
final class WellFormed {
  private WellFormed() {}

  /** The text with a question mark in place of each lone surrogate. */
  static String of(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
      }
    }
    return text;
  }
}
