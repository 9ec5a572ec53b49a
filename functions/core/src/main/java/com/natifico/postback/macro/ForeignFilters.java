package com.natifico.postback.macro;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Translates Keitaro's parameterized macros, {@code {status:lead=0 sale=1}} and {@code
 * {date:Y-m-d}}, into ours.
 */
final class ForeignFilters {
  private static final Pattern PAIR = Pattern.compile("[ ,;]+");
  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_.-]*");

  /** Our statuses by other systems' words; Keitaro's lead is a conversion without a decision. */
  private static final Map<String, List<String>> STATUSES =
      Map.ofEntries(
          Map.entry("approved", List.of("approved")),
          Map.entry("confirmed", List.of("approved")),
          Map.entry("paid", List.of("approved")),
          Map.entry("sale", List.of("approved")),
          Map.entry("pending", List.of("pending")),
          Map.entry("waiting", List.of("pending")),
          Map.entry("hold", List.of("hold")),
          Map.entry("lead", List.of("pending", "hold")),
          Map.entry("declined", List.of("declined")),
          Map.entry("rejected", List.of("declined")),
          Map.entry("reject", List.of("declined")),
          Map.entry("cancelled", List.of("declined")),
          Map.entry("canceled", List.of("declined")),
          Map.entry("trash", List.of("declined")),
          // No conversion here has one of these statuses.
          Map.entry("rebill", List.of()),
          Map.entry("upsell", List.of()));

  /** The characters of PHP's date(), which Keitaro uses, as patterns of java.time. */
  private static final Map<Character, String> DATE_LETTERS =
      Map.ofEntries(
          Map.entry('d', "dd"),
          Map.entry('j', "d"),
          Map.entry('D', "EEE"),
          Map.entry('l', "EEEE"),
          Map.entry('m', "MM"),
          Map.entry('n', "M"),
          Map.entry('M', "MMM"),
          Map.entry('F', "MMMM"),
          Map.entry('Y', "yyyy"),
          Map.entry('y', "yy"),
          Map.entry('A', "a"),
          Map.entry('g', "h"),
          Map.entry('h', "hh"),
          Map.entry('G', "H"),
          Map.entry('H', "HH"),
          Map.entry('i', "mm"),
          Map.entry('s', "ss"),
          Map.entry('v', "SSS"),
          Map.entry('P', "xxx"),
          Map.entry('O', "xx"));

  private ForeignFilters() {}

  /**
   * Our spelling, without braces, of the text between the braces; null if it is not such a macro or
   * means something that our filters cannot say.
   */
  static @Nullable String translate(String content) {
    int colon = content.indexOf(':');
    if (colon <= 0) {
      return null;
    }
    Macro macro = Macros.find(content.substring(0, colon));
    String argument = content.substring(colon + 1);
    if (macro == null || argument.isBlank()) {
      return null;
    }
    if (macro.name().equals("status") || macro.name().equals("status_text")) {
      return statuses(argument.strip());
    }
    return macro.hasInstant() ? time(macro, argument.strip()) : null;
  }

  private static @Nullable String statuses(String argument) {
    Map<String, String> words = new LinkedHashMap<>();
    for (String pair : PAIR.split(argument)) {
      int equals = pair.indexOf('=');
      String theirs = equals <= 0 ? "" : pair.substring(equals + 1);
      List<String> ours =
          equals <= 0 ? null : STATUSES.get(pair.substring(0, equals).toLowerCase(Locale.ROOT));
      if (ours == null || !WORD.matcher(theirs).matches()) {
        return null;
      }
      for (String status : ours) {
        String other = words.put(status, theirs);
        if (other != null && !other.equals(theirs)) {
          return null;
        }
      }
    }
    List<String> pairs = new ArrayList<>();
    words.forEach((ours, theirs) -> pairs.add(ours + "=" + theirs));
    return pairs.isEmpty() ? null : "status_text|map:" + String.join(",", pairs);
  }

  private static @Nullable String time(Macro macro, String argument) {
    if (argument.equals("U")) {
      return macro.name().equals("click_date") ? "click_timestamp" : "timestamp";
    }
    StringBuilder pattern = new StringBuilder();
    for (int i = 0; i < argument.length(); i++) {
      char c = argument.charAt(i);
      String letter = DATE_LETTERS.get(c);
      if (letter != null) {
        pattern.append(letter);
      } else if (" -_.:/".indexOf(c) >= 0) {
        pattern.append(c);
      } else if (c == 'T' || c == ',') {
        pattern.append('\'').append(c).append('\'');
      } else {
        return null;
      }
    }
    return macro.name() + "|format:" + pattern;
  }
}
