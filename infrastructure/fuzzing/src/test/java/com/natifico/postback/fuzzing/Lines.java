package com.natifico.postback.fuzzing;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * An input of the fuzzer as text, line by line, so that what it keeps can be read. Bytes that are
 * no UTF-8 become half characters, which no decoder gives and every string may hold.
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

  /** Empty behind the last one. */
  public String line(int index) {
    return index < lines.size() ? lines.get(index) : "";
  }

  /** This line and all behind it. */
  public String from(int index) {
    return index < lines.size() ? String.join("\n", lines.subList(index, lines.size())) : "";
  }

  /** The one that a line names, or else any. */
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
