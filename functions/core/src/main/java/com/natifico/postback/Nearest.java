package com.natifico.postback;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds the probable intended name for an unknown one. */
public final class Nearest {
  /** Longer names are not compared, because the edit distance would take too long. */
  private static final int MAX_LENGTH = 64;

  private static final Pattern SEPARATORS = Pattern.compile("[^\\p{L}\\p{Nd}]+");
  private static final Pattern NOT_DIGITS = Pattern.compile("\\D+");

  private Nearest() {}

  /** Below this, one wrong character makes another word, such as {@code aid} of {@code pid}. */
  private static final int SHORT = 5;

  /** From here on, two wrong characters still leave the word recognizable. */
  private static final int LONG = 10;

  private static final int NO_SLIP = Integer.MAX_VALUE;

  /**
   * The candidate that differs from the name only by slips of the keyboard: a character too many, a
   * character too few, or two swapped neighbours, ignoring case and separators. Null if there is
   * none.
   *
   * <p>In a word of less than {@value #LONG} characters, one character instead of another is not
   * considered a slip; the first character is never missing, and digits are never changed. Such
   * names usually mean something else: {@code device_id} is not {@code device_ua}, {@code yclid} is
   * not {@code gclid}, and {@code sub31} is not {@code sub3}.
   */
  public static @Nullable String of(String name, Collection<String> candidates) {
    if (name.length() > MAX_LENGTH) {
      return null;
    }
    String best = null;
    int bestDistance = NO_SLIP;
    for (String candidate : candidates) {
      int distance = slips(words(name), words(candidate));
      if (distance < bestDistance
          || (distance == bestDistance && best != null && candidate.compareTo(best) < 0)) {
        best = candidate;
        bestDistance = distance;
      }
    }
    return best;
  }

  /** The words of a name, in lower case. */
  private static List<String> words(String name) {
    return SEPARATORS
        .splitAsStream(name.toLowerCase(Locale.ROOT))
        .filter(word -> !word.isEmpty())
        .toList();
  }

  /** Compares word by word; if the numbers of words differ, a separator is missing or added. */
  private static int slips(List<String> written, List<String> meant) {
    if (written.size() != meant.size()) {
      return slips(String.join("", written), String.join("", meant));
    }
    int sum = 0;
    for (int i = 0; i < meant.size(); i++) {
      int slips = slips(written.get(i), meant.get(i));
      if (slips == NO_SLIP) {
        return NO_SLIP;
      }
      sum += slips;
    }
    return sum;
  }

  private static int slips(String written, String meant) {
    if (written.equals(meant)) {
      return 0;
    }
    if (!startAlike(written, meant)
        || !digits(written).equals(digits(meant))
        || (meant.length() < SHORT && !characters(written).equals(characters(meant)))) {
      return NO_SLIP;
    }
    int distance = distance(written, meant);
    return distance <= (meant.length() < LONG ? 1 : 2) ? distance : NO_SLIP;
  }

  /** Whether the first character is the same, or swapped with the second. */
  private static boolean startAlike(String written, String meant) {
    return !written.isEmpty()
        && (written.charAt(0) == meant.charAt(0)
            || (written.length() > 1
                && meant.length() > 1
                && written.charAt(0) == meant.charAt(1)
                && written.charAt(1) == meant.charAt(0)));
  }

  private static String digits(String word) {
    return NOT_DIGITS.matcher(word).replaceAll("");
  }

  private static Set<Integer> characters(String word) {
    return word.chars().boxed().collect(Collectors.toSet());
  }

  /** The edit distance; a swap of neighbours is one edit, and another character is two. */
  private static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 2;
        d[i][j] = Math.min(Math.min(d[i - 1][j] + 1, d[i][j - 1] + 1), d[i - 1][j - 1] + cost);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
