package com.natifico.postback.fuzzing;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The fuzzer's input as lines of text, so that the inputs it keeps are readable. Bytes that are not
 * UTF-8 become unpaired surrogates, which no decoder produces but a string may contain.
 */
public final class Lines {
  private final List<String> lines;

  private Lines(List<String> lines) {
    this.lines = lines;
  }

  public static Lines of(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8).replace('\ufffd', '\ud83d');
    return new Lines(List.of(text.split("\n", -1)));
  }

  /** The line at this index; empty after the last line. */
  public String line(int index) {
    return index < lines.size() ? lines.get(index) : "";
  }

  /** This line and all lines after it. */
  public String from(int index) {
    return index < lines.size() ? String.join("\n", lines.subList(index, lines.size())) : "";
  }

  /** The choice that the line names; any other text selects one by its hash code. */
  public <T> T choose(int index, List<T> choices) {
    String line = line(index);
    for (T choice : choices) {
      if (choice.toString().equals(line)) {
        return choice;
      }
    }
    return choices.get(Math.floorMod(line.hashCode(), choices.size()));
  }
}
