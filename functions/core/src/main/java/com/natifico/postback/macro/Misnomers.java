package com.natifico.postback.macro;

import com.natifico.postback.Nearest;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Names that are not macros: which macro was probably meant, and which names are rejected because
 * they are ambiguous. Only needed for templates with errors.
 */
final class Misnomers {
  /**
   * The macros by the alphanumeric characters of their names; the first in the catalogue takes
   * precedence.
   */
  private static final Map<String, String> BY_LETTERS = byLetters();

  /**
   * Names that have different meanings at different networks; they are always rejected. Compared by
   * alphanumeric characters, so that {@code sub_id} is found as well.
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

  /** Names on other platforms that are too different from ours to be found by similarity. */
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

  /** The numbered sub ids on other platforms. */
  private static final Pattern FOREIGN_SUB = Pattern.compile("subacc([1-9][0-9]?)");

  private record FalseFriend(String reason, String likelier) {}

  private Misnomers() {}

  /**
   * The accepted name (or alias) that was probably meant, ready to be put between braces. Case,
   * separators, blanks, other platforms' brackets and a few wrong characters are ignored. Null if
   * no name is similar.
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

  /** Like {@link #suggest}, but only for a name with the same alphanumeric characters. */
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
   * Why this ambiguous name is rejected; null if it is not ambiguous. {@code transactionid} is not:
   * it has one meaning here.
   */
  static @Nullable String ambiguity(String name) {
    FalseFriend friend = Macros.find(name) == null ? FALSE_FRIENDS.get(plain(name)) : null;
    return friend == null ? null : "{" + name + "} " + friend.reason() + ".";
  }

  /** From the first alphanumeric character to the last, in lower case. */
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

  /** Only the ASCII alphanumeric characters, in lower case. */
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
