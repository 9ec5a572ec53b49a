package com.natifico.postback.conversion;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A network's own words for statuses; they take precedence over the words that every network may
 * use.
 *
 * @param byWord by the word in lower case, without control characters
 */
public record StatusMap(Map<String, ConversionStatus> byWord) {
  public static final StatusMap NONE = new StatusMap(Map.of());

  public StatusMap {
    byWord = Map.copyOf(byWord);
  }

  /** The status by a word or code, ignoring case; null if there is none. */
  public @Nullable ConversionStatus find(String word) {
    ConversionStatus own = byWord.isEmpty() ? null : byWord.get(word.toLowerCase(Locale.ROOT));
    return own == null ? ConversionStatus.findPushed(word) : own;
  }

  /** The words with the words of their statuses, sorted. */
  public Map<String, String> words() {
    Map<String, String> words = new TreeMap<>();
    byWord.forEach((word, status) -> words.put(word, status.word()));
    return words;
  }

  /** As one text, {@code word=status} in each line; empty for {@link #NONE}. */
  public String text() {
    return words().entrySet().stream()
        .map(entry -> entry.getKey() + '=' + entry.getValue())
        .collect(Collectors.joining("\n"));
  }

  /**
   * The map with this {@link #text}.
   *
   * @throws IllegalArgumentException for any other text
   */
  public static StatusMap ofText(String text) {
    if (text.isEmpty()) {
      return NONE;
    }
    Map<String, ConversionStatus> byWord = new HashMap<>();
    for (String line : text.split("\n", -1)) {
      int equals = line.lastIndexOf('=');
      if (equals < 0) {
        throw new IllegalArgumentException("not a line of a status map");
      }
      byWord.put(line.substring(0, equals), ConversionStatus.of(line.substring(equals + 1)));
    }
    return new StatusMap(byWord);
  }
}
