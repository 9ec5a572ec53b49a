package com.natifico.postback.cli.output;

import java.util.regex.Pattern;

/**
 * Text of others for a terminal, which could otherwise be controlled by it: trackers choose what
 * they answer, and networks what they push.
 */
public final class PrintableText {
  /** Control characters, and those that change the direction of what follows. */
  private static final Pattern UNPRINTABLE =
      Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]");

  private PrintableText() {}

  /** The text with a replacement character for each character that is not shown as itself. */
  public static String of(String text) {
    return UNPRINTABLE.matcher(text.replaceAll("[\r\n\t]+", " ")).replaceAll("\ufffd");
  }
}
