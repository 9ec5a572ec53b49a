package com.natifico.postback.macro;

import java.util.ArrayList;
import java.util.List;

/** A template in the making: fixed text and the slots in between. */
final class Layout {
  private final List<String> literals = new ArrayList<>();
  private final List<Slot> slots = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();

  /** The fixed text that is being written; a slot ends it. */
  StringBuilder text() {
    return text;
  }

  void add(Slot slot) {
    literals.add(text.toString());
    text.setLength(0);
    slots.add(slot);
  }

  /** One more than there are slots. */
  List<String> literals() {
    List<String> all = new ArrayList<>(literals);
    all.add(text.toString());
    return all;
  }

  List<Slot> slots() {
    return slots;
  }
}
