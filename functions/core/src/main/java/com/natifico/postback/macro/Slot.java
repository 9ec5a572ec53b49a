package com.natifico.postback.macro;

/** A macro's place in a template: whose value, and how it is written there. */
record Slot(Macro macro, Encoding encoding) {
  void append(StringBuilder out, MacroValues values) {
    String value = values.text(macro);
    if (value != null) {
      encoding.append(out, value);
    }
  }
}
