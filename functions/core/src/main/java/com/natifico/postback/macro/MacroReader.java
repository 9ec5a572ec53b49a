package com.natifico.postback.macro;

import com.natifico.postback.Nearest;
import com.natifico.postback.macro.Template.Correction;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Parses the text between the braces of one macro: {@code name|filter:argument|...}. Blanks around
 * names and arguments are rejected as mistakes; blanks inside arguments are kept, as in {@code
 * format:yyyy-MM-dd HH:mm}. Arguments cannot contain <code>|</code> and {@code }}.
 */
final class MacroReader {
  /** The first and the last year of our times; a pattern must be able to write both. */
  private static final List<Instant> PROBES =
      List.of(Instant.EPOCH, Instant.ofEpochSecond(253_402_300_799L, 999_999_999));

  private static final int MAX_DIGITS = 18;

  /** Blanks at the edges of a filter's arguments. */
  private static final Pattern BLANK_EDGE = Pattern.compile("\\s*([:,=]|^|$)\\s*");

  private final String content;
  private final Vocabulary vocabulary;
  private final int at;
  private final Findings findings;
  private final List<Filter> filters = new ArrayList<>();
  private @Nullable DateTimeFormatter format;
  private boolean raw;

  /** The filter that is being read, and where it starts in the content. */
  private String piece = "";

  private int pieceStart;

  /**
   * @param at the position of the opening brace in the source
   */
  MacroReader(String content, int at, Vocabulary vocabulary, Findings findings) {
    this.vocabulary = vocabulary;
    this.content = content;
    this.at = at;
    this.findings = findings;
  }

  /** The macro; after an error a substitute, so that the rest can be checked. */
  Part.Placeholder read() {
    String[] pieces = content.split("\\|", -1);
    Macro macro = macro(pieces[0]);
    int start = pieces[0].length();
    for (int i = 1; i < pieces.length; i++) {
      piece = pieces[i];
      pieceStart = start + 1;
      start = pieceStart + piece.length();
      filter(macro);
    }
    return new Part.Placeholder(macro, format, filters, raw, at);
  }

  private Macro macro(String name) {
    Macro macro = vocabulary.find(name);
    if (macro != null) {
      return macro;
    }
    String translated = vocabulary.translate(name);
    String ambiguity = vocabulary.ambiguity(name);
    String suggestion = translated == null ? vocabulary.suggest(name) : translated;
    Correction correction = renamed(name, suggestion);
    String shown = shown(name);
    if (ambiguity != null) {
      findings.error("ambiguous_macro", ambiguity, suggestion, correction);
    } else if (translated != null) {
      findings.error(
          "foreign_macro",
          "{" + shown + "} is another system's spelling; here it is {" + translated + "}.",
          translated,
          correction);
    } else if (name.isBlank()) {
      findings.error("unknown_macro", "The braces {" + shown + "} name no macro.");
    } else if (hasBlank(name) && vocabulary.sameLetters(name) != null) {
      findings.error(
          "blank_in_braces",
          "There is a blank in {" + shown + "}; write {" + suggestion + "}.",
          suggestion,
          correction);
    } else {
      findings.error(
          "unknown_macro",
          "There is no macro {"
              + shown
              + "}"
              + (suggestion == null ? "." : "; did you mean {" + suggestion + "}?"),
          suggestion,
          correction);
    }
    return vocabulary.all().getFirst();
  }

  /** The macro with another name and the same filters. */
  private @Nullable Correction renamed(String name, @Nullable String suggestion) {
    return suggestion == null
        ? null
        : new Correction(
            "{" + content + "}", "{" + suggestion + content.substring(name.length()) + "}");
  }

  /** The macro with another text in place of the filter that is being read. */
  private Correction refiltered(String filter) {
    return new Correction(
        "{" + content + "}",
        "{"
            + content.substring(0, pieceStart)
            + filter
            + content.substring(pieceStart + piece.length())
            + "}");
  }

  private void filter(Macro macro) {
    int colon = piece.indexOf(':');
    String written = colon < 0 ? piece : piece.substring(0, colon);
    String argument = colon < 0 ? "" : piece.substring(colon + 1);
    String word = written.strip().toLowerCase(Locale.ROOT);
    FilterName name = FilterName.find(word);
    if (name == null) {
      String suggestion = nearestFilter(word);
      findings.error(
          "unknown_filter",
          "There is no filter \""
              + shown(written)
              + "\" (in "
              + shown()
              + "); there are "
              + String.join(", ", FilterName.words())
              + ".",
          suggestion,
          suggestion == null ? null : refiltered(suggestion + piece.substring(written.length())));
    } else if (!written.equals(written.strip())) {
      findings.error(
          "blank_in_braces",
          "There is a blank beside the filter " + word + " in " + shown(),
          word,
          refiltered(word + piece.substring(written.length())));
    } else if (!argument.equals(argument.strip())) {
      blankArgument(argument);
    } else if (colon >= 0 && !name.takesArgument()) {
      bad("The filter " + word + " takes no argument");
    } else {
      apply(name, argument, macro);
    }
  }

  private void apply(FilterName name, String argument, Macro macro) {
    switch (name) {
      case DEFAULT -> standIn(argument);
      case MAP -> map(argument);
      case FORMAT -> format(argument, macro);
      case MULTIPLY -> multiply(argument);
      case SCALE -> scale(argument);
      case UPPER -> filters.add(new Filter.Upper());
      case LOWER -> filters.add(new Filter.Lower());
      case TRIM -> filters.add(new Filter.Trim());
      case DIGITS -> filters.add(new Filter.Digits());
      case SHA256 -> filters.add(new Filter.Sha256());
      case MS -> filters.add(new Filter.Milliseconds());
      case RAW -> raw = true;
    }
  }

  private void standIn(String argument) {
    if (argument.isEmpty()) {
      bad("The filter default needs a text, as in default:0");
    } else {
      filters.add(new Filter.Default(argument));
    }
  }

  private void map(String argument) {
    Map<String, String> words = new LinkedHashMap<>();
    for (String pair : argument.split(",", -1)) {
      int equals = pair.indexOf('=');
      if (equals <= 0) {
        bad("The filter map needs pairs, as in map:approved=sale,pending=lead");
        return;
      }
      String from = pair.substring(0, equals);
      String to = pair.substring(equals + 1);
      if (!from.equals(from.strip()) || !to.equals(to.strip())) {
        blankArgument(pair);
        return;
      }
      if (words.put(from, to) != null) {
        bad("The filter map names " + shown(from) + " twice");
        return;
      }
    }
    filters.add(new Filter.Replace(words));
  }

  private void multiply(String argument) {
    int sign = argument.startsWith("-") ? 1 : 0;
    int point = argument.indexOf('.');
    int wholeEnd = point < 0 ? argument.length() : point;
    if (!Decimals.isPlain(argument)
        || wholeEnd - sign > MAX_DIGITS
        || argument.length() - wholeEnd > MAX_DIGITS) {
      bad("The filter multiply needs a plain decimal, as in multiply:0.5");
      return;
    }
    filters.add(new Filter.Multiply(new BigDecimal(argument)));
  }

  private void scale(String argument) {
    if (!Decimals.isPlain(argument)
        || argument.length() > 2
        || argument.indexOf('-') >= 0
        || Integer.parseInt(argument) > MAX_DIGITS) {
      bad("The filter scale needs a number of digits from 0 to " + MAX_DIGITS + ", as in scale:2");
      return;
    }
    filters.add(new Filter.Scale(Integer.parseInt(argument)));
  }

  /**
   * The zone is the text after the last comma outside of quotes. {@code format} applies to the
   * time, wherever it is in the chain; the other filters apply to the resulting text.
   */
  private void format(String argument, Macro macro) {
    if (!macro.hasInstant()) {
      bad("The filter format is for times, and {" + macro.name() + "} is none");
      return;
    }
    if (format != null) {
      bad("The filter format is used twice");
      return;
    }
    int comma = lastUnquotedComma(argument);
    String pattern = comma < 0 ? argument : argument.substring(0, comma);
    ZoneId zone = comma < 0 ? ZoneOffset.UTC : zone(argument.substring(comma + 1));
    if (zone == null) {
      return;
    }
    if (pattern.isEmpty()) {
      bad("The filter format needs a pattern, as in format:yyyy-MM-dd");
      return;
    }
    try {
      DateTimeFormatter formatter =
          DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(zone);
      PROBES.forEach(probe -> formatter.formatTo(probe, new StringBuilder()));
      format = formatter;
    } catch (IllegalArgumentException | DateTimeException | ClassCastException e) {
      // The last alternative is the JDK's notation for a padded number directly before another:
      // pHHmm.
      bad(
          "\""
              + shown(pattern)
              + "\" is not a pattern for a time, as yyyy-MM-dd'T'HH:mm:ss is; other text goes between"
              + " single quotes");
    }
  }

  private @Nullable ZoneId zone(String name) {
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      String suggestion = Nearest.of(name, ZoneId.getAvailableZoneIds());
      Correction correction =
          suggestion == null || name.isEmpty()
              ? null
              : refiltered(piece.substring(0, piece.length() - name.length()) + suggestion);
      findings.error(
          "bad_argument",
          "\""
              + shown(name)
              + "\" is not a time zone, as Europe/Berlin or +02:00 are (in "
              + shown()
              + "); a comma of the pattern itself goes between single quotes.",
          suggestion,
          correction);
      return null;
    }
  }

  private static int lastUnquotedComma(String argument) {
    boolean quoted = false;
    int comma = -1;
    for (int i = 0; i < argument.length(); i++) {
      char c = argument.charAt(i);
      if (c == '\'') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        comma = i;
      }
    }
    return comma;
  }

  private void bad(String message) {
    findings.error("bad_argument", message + " (in " + shown() + ").");
  }

  private void blankArgument(String argument) {
    findings.error(
        "blank_in_braces",
        "There is a blank at the edge of an argument in " + shown() + "; remove it.",
        argument.strip(),
        refiltered(BLANK_EDGE.matcher(piece).replaceAll("$1")));
  }

  /** A name of fewer than four characters is near to too many others. */
  private static @Nullable String nearestFilter(String name) {
    return name.length() < 4 ? null : Nearest.of(name, FilterName.words());
  }

  private String shown() {
    return "{" + shown(content) + "}";
  }

  /** The text, shortened for a message. */
  static String shown(String text) {
    int end = text.offsetByCodePoints(0, Math.min(60, text.codePointCount(0, text.length())));
    return end == text.length() ? text : text.substring(0, end) + "...";
  }

  private static boolean hasBlank(String text) {
    return text.codePoints().anyMatch(c -> Character.isWhitespace(c) || Character.isSpaceChar(c));
  }
}
