package com.natifico.postback.conversion;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What became of a conversion; the codes are those of Affise and the networks like it. */
public enum ConversionStatus {
  APPROVED(1),
  PENDING(2),
  DECLINED(3),
  HOLD(5);

  private final int code;
  private final String codeText;
  private final String word;

  ConversionStatus(int code) {
    this.code = code;
    this.codeText = Integer.toString(code);
    this.word = name().toLowerCase(Locale.ROOT);
  }

  public int code() {
    return code;
  }

  /** The code as a text. */
  public String codeText() {
    return codeText;
  }

  public String word() {
    return word;
  }

  /** By word, whatever its case, or by code; null if it is none. */
  public static @Nullable ConversionStatus of(String wordOrCode) {
    for (ConversionStatus status : values()) {
      if (status.word.equalsIgnoreCase(wordOrCode) || status.codeText.equals(wordOrCode)) {
        return status;
      }
    }
    return null;
  }

  /** What networks push, in their own words, whatever the case; null if it is none of them. */
  public static @Nullable ConversionStatus findPushed(String word) {
    ConversionStatus own = of(word);
    if (own != null) {
      return own;
    }
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "confirmed", "paid", "sale" -> APPROVED;
      case "lead", "waiting" -> PENDING;
      case "rejected", "reject", "cancelled", "canceled", "trash", "refund", "chargeback" ->
          DECLINED;
      case "on_hold" -> HOLD;
      default -> null;
    };
  }

  public static List<String> words() {
    return List.of("approved", "pending", "declined", "hold");
  }
}
