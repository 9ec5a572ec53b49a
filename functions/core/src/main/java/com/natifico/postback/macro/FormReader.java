package com.natifico.postback.macro;

import java.util.List;

/** Parses a form body. */
final class FormReader {
  private final String source;
  private final List<Part> parts;
  private final Layout layout = new Layout();
  private final PercentReader text;

  FormReader(String source, List<Part> parts, Findings findings) {
    this.source = source;
    this.parts = parts;
    this.text = new PercentReader(layout.text(), findings);
  }

  Template read() {
    text.beginQuery();
    for (Part part : parts) {
      switch (part) {
        case Part.Literal literal -> literal(literal);
        case Part.Placeholder macro -> macro(macro);
        case Part.Secret secret -> layout.add(secret);
      }
    }
    return Template.body(Template.Kind.FORM, source, layout);
  }

  private void literal(Part.Literal literal) {
    int i = 0;
    while (i < literal.text().length()) {
      i = text.read(literal.text(), i, true);
    }
  }

  private void macro(Part.Placeholder macro) {
    layout.add(macro.slot(macro.raw() ? Encoding.RAW_QUERY : Encoding.PERCENT));
  }
}
