package com.natifico.postback.macro;

import java.util.List;

/** Reads a form body. */
final class FormReader implements Part.Reader {
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
      part.readBy(this);
    }
    return Template.body(Template.Kind.FORM, source, layout);
  }

  @Override
  public void literal(Part.Literal literal) {
    int i = 0;
    while (i < literal.text().length()) {
      i = text.read(literal.text(), i, true);
    }
  }

  @Override
  public void macro(Part.Placeholder macro) {
    layout.add(macro.slot(macro.raw() ? Encoding.RAW_QUERY : Encoding.PERCENT));
  }
}
