package com.natifico.postback;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The words for an enum's constants in requests, answers, messages and items: their names in lower
 * case. Every enum with words has {@code word()}, {@code find(word)}, which returns null for an
 * unknown word, and {@code of(word)}, which throws.
 */
public final class Words {
  private Words() {}

  public static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** The constant with this word; null if there is none. */
  public static <E extends Enum<E>> @Nullable E find(Class<E> type, String word) {
    for (E constant : type.getEnumConstants()) {
      if (word(constant).equals(word)) {
        return constant;
      }
    }
    return null;
  }

  /**
   * The constant with this word.
   *
   * @throws IllegalArgumentException if there is none; the word is not quoted
   */
  public static <E extends Enum<E>> E of(Class<E> type, String word) {
    return known(type, find(type, word));
  }

  /**
   * A constant that was found.
   *
   * @throws IllegalArgumentException if it is null
   */
  public static <E extends Enum<E>> E known(Class<E> type, @Nullable E found) {
    if (found == null) {
      throw new IllegalArgumentException("an unknown " + type.getSimpleName());
    }
    return found;
  }
}
