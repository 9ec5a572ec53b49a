package com.natifico.postback.macro;

import java.util.List;

/** Reads a form body. */
final class FormReader {
  private final String source;
  private final List<Part> parts;
  private final Findings findings;
  private final Layout layout = new Layout();

  FormReader(String source, List<Part> parts, Findings findings) {
    this.source = source;
    this.parts = parts;
    this.findings = findings;
  }

  Template read() {
    PercentReader text = new PercentReader(layout.text(), findings);
    text.beginQuery();
    for (Part part : parts) {
      switch (part) {
        case Part.Literal literal -> {
          int i = 0;
          while (i < literal.text().length()) {
            i = text.read(literal.text(), i, true);
          }
        }
        case Part.Placeholder macro ->
            layout.add(macro.slot(macro.raw() ? Encoding.RAW_QUERY : Encoding.PERCENT));
      }
    }
    return Template.body(Template.Kind.FORM, source, layout);
  }
}
