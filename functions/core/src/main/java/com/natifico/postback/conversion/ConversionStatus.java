package com.natifico.postback.conversion;

import com.natifico.postback.Words;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The status of a conversion; the codes are those of Affise and similar networks. */
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
    this.word = Words.word(this);
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

  /**
   * The status by word, ignoring case, or by code.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static ConversionStatus of(String wordOrCode) {
    return Words.known(ConversionStatus.class, find(wordOrCode));
  }

  /** The status by word, ignoring case, or by code; null if there is none. */
  public static @Nullable ConversionStatus find(String wordOrCode) {
    for (ConversionStatus status : values()) {
      if (status.word.equalsIgnoreCase(wordOrCode) || status.codeText.equals(wordOrCode)) {
        return status;
      }
    }
    return null;
  }

  /** The status by the words that networks use, ignoring case; null if there is none. */
  public static @Nullable ConversionStatus findPushed(String word) {
    ConversionStatus own = find(word);
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
