package com.natifico.postback.macro;

import com.natifico.postback.macro.Template.Finding;
import com.natifico.postback.macro.Template.Kind;
import com.natifico.postback.macro.Template.Parsed;
import java.util.ArrayList;
import java.util.List;

/** Reads one source. */
final class TemplateParser {
  private final String source;
  private final Kind kind;
  private final List<Finding> errors = new ArrayList<>();
  private final List<Finding> warnings = new ArrayList<>();

  TemplateParser(String source, Kind kind) {
    this.source = source;
    this.kind = kind;
  }

  Parsed parse() {
    List<String> literals = new ArrayList<>();
    List<Slot> slots = new ArrayList<>();
    int from = 0;
    for (int open = source.indexOf('{'); open >= 0; open = source.indexOf('{', from)) {
      int close = source.indexOf('}', open);
      String name = close < 0 ? "" : source.substring(open + 1, close);
      Macro macro = Macros.find(name);
      if (macro == null) {
        String reason = Macros.ambiguity(name);
        errors.add(
            reason != null
                ? new Finding("ambiguous_macro", reason, Macros.suggest(name))
                : new Finding(
                    "unknown_macro", "There is no macro {" + name + "}.", Macros.suggest(name)));
        return new Parsed(null, errors, warnings);
      }
      literals.add(source.substring(from, open));
      slots.add(new Slot(macro, Encoding.PERCENT));
      from = close + 1;
    }
    literals.add(source.substring(from));
    return new Parsed(
        new Template(kind, source, new Template.Address("https", "", -1), literals, slots),
        errors,
        warnings);
  }
}
