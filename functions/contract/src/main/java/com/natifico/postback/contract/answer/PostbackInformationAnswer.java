package com.natifico.postback.contract.answer;

import com.natifico.postback.macro.FilterCatalogue;
import com.natifico.postback.macro.Macros;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The postback information: a list of all macros, with all filters beside it.
 *
 * @param next null, since the list is one page
 */
public record PostbackInformationAnswer(
    List<MacroAnswer> items, List<FilterAnswer> filters, @Nullable String next) {
  public static PostbackInformationAnswer whole() {
    return new PostbackInformationAnswer(
        Macros.all().stream().map(MacroAnswer::of).toList(),
        FilterCatalogue.all().stream().map(FilterAnswer::of).toList(),
        null);
  }
}
