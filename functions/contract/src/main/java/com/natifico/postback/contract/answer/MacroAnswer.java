package com.natifico.postback.contract.answer;

import com.natifico.postback.macro.Macro;
import java.util.List;

/** A macro of the postback information. */
public record MacroAnswer(
    String name, String description, String format, String example, List<String> aliases) {
  public static MacroAnswer of(Macro macro) {
    return new MacroAnswer(
        macro.name(),
        macro.description(),
        macro.format(),
        macro.example(),
        List.copyOf(macro.aliases()));
  }
}
