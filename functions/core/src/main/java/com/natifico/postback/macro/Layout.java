package com.natifico.postback.macro;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Builds a template: fixed text and the slots in between. */
final class Layout {
  private final List<byte[]> literals = new ArrayList<>();
  private final List<Slot> slots = new ArrayList<>();
  private final Set<String> secrets = new TreeSet<>();
  private final Output text = new Output(64);

  /** The current fixed text; a slot ends it. */
  Output text() {
    return text;
  }

  void add(Slot slot) {
    literals.add(text.toBytes());
    text.clear();
    slots.add(slot);
  }

  /** The placeholder of a secret is fixed text. */
  void add(Part.Secret secret) {
    secrets.add(secret.name());
    text.append(secret.toString());
  }

  /** The names of the secrets in the text. */
  Set<String> secrets() {
    return secrets;
  }

  /**
   * The fixed text before each slot and after the last, as UTF-8: one more than there are slots.
   */
  List<byte[]> literals() {
    List<byte[]> all = new ArrayList<>(literals);
    all.add(text.toBytes());
    return all;
  }

  List<Slot> slots() {
    return slots;
  }
}
