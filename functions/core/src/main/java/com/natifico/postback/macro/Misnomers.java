package com.natifico.postback.macro;

import com.natifico.postback.Nearest;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Names that are no macro's: which one was probably meant, and which of them are refused because
 * they mean different things to different people. Not needed for a template that is in order.
 */
final class Misnomers {
  /** Each name by its letters and digits alone; of several the first in the catalogue. */
  private static final Map<String, String> BY_LETTERS = byLetters();

  /**
   * Names that mean one thing at one network and another at the next; they are never taken
   * silently. By their letters alone, so that {@code sub_id} is caught as well.
   */
  private static final Map<String, FalseFriend> FALSE_FRIENDS =
      Map.of(
          "transactionid",
          new FalseFriend(
              "is the network's click id at some networks and the order's id at others: write"
                  + " {ref_id} for the affiliate's click id, {transactionid} for the advertiser's"
                  + " order id",
              "ref_id"),
          "subid",
          new FalseFriend(
              "is the click id at some trackers and a sub account at others: write {ref_id} for the"
                  + " affiliate's click id, {sub1} for the first sub id",
              "ref_id"));

  /** What other platforms call it; too far from any name of ours to be found by its letters. */
  private static final Map<String, String> FOREIGN_WORDS =
      Map.ofEntries(
          Map.entry("affiliateclickid", "ref_id"),
          Map.entry("cid", "ref_id"),
          Map.entry("click", "ref_id"),
          Map.entry("cfclickid", "ref_id"),
          Map.entry("cnvid", "ref_id"),
          Map.entry("hit", "ref_id"),
          Map.entry("hitid", "ref_id"),
          Map.entry("subidshort", "ref_id"),
          Map.entry("amt", "sum"),
          Map.entry("points", "sum"),
          Map.entry("price", "sum"),
          Map.entry("rev", "sum"),
          Map.entry("revenue", "sum"),
          Map.entry("value", "sum"),
          Map.entry("sub", "sub1"),
          Map.entry("tx", "transactionid"),
          Map.entry("txn", "transactionid"),
          Map.entry("utmsource", "source"));

  /** What other platforms call the numbered sub ids. */
  private static final Pattern FOREIGN_SUB = Pattern.compile("subacc([1-9][0-9]?)");

  private record FalseFriend(String reason, String likelier) {}

  private Misnomers() {}

  /**
   * The name that was probably meant, ready to be put between braces: case, separators, blanks,
   * other platforms' brackets and a few wrong letters apart. It is the accepted name that comes
   * nearest to what was written, be it an alias. Null if nothing comes near.
   */
  static @Nullable String suggest(String text) {
    String same = sameLetters(text);
    if (same != null) {
      return same;
    }
    String plain = plain(text);
    Matcher sub = FOREIGN_SUB.matcher(plain);
    if (sub.matches() && Macros.names().contains("sub" + sub.group(1))) {
      return "sub" + sub.group(1);
    }
    String word = FOREIGN_WORDS.get(plain);
    return word != null || plain.isEmpty() ? word : Nearest.of(plain, Macros.names());
  }

  /** As {@link #suggest}, but only for a name of the same letters and digits. */
  static @Nullable String sameLetters(String text) {
    String plain = plain(text);
    String core = core(text);
    if (Macros.names().contains(core)) {
      return core;
    }
    FalseFriend friend = FALSE_FRIENDS.get(plain);
    if (friend != null) {
      return friend.likelier();
    }
    return BY_LETTERS.get(plain);
  }

  /**
   * Why this name is refused although the field knows it; null if it is no false friend. {@code
   * transactionid} is none: it has one meaning here.
   */
  static @Nullable String ambiguity(String name) {
    FalseFriend friend = Macros.find(name) == null ? FALSE_FRIENDS.get(plain(name)) : null;
    return friend == null ? null : "{" + name + "} " + friend.reason() + ".";
  }

  /** From the first letter or digit to the last, in lower case. */
  private static String core(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && plain(text.substring(from, from + 1)).isEmpty()) {
      from++;
    }
    while (from < to && plain(text.substring(to - 1, to)).isEmpty()) {
      to--;
    }
    return text.substring(from, to).toLowerCase(Locale.ROOT);
  }

  /** ASCII letters and digits alone, in lower case. */
  private static String plain(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
        plain.append(c);
      } else if (c >= 'A' && c <= 'Z') {
        plain.append((char) (c + ('a' - 'A')));
      }
    }
    return plain.toString();
  }

  private static Map<String, String> byLetters() {
    Map<String, String> byLetters = new HashMap<>();
    Macros.names().forEach(name -> byLetters.putIfAbsent(plain(name), name));
    return byLetters;
  }
}
