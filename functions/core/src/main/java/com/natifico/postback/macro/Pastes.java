package com.natifico.postback.macro;

import com.natifico.postback.macro.Template.Correction;
import com.natifico.postback.macro.Template.Finding;
import com.natifico.postback.macro.Template.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What comes along when a template is copied from a page, a document or a mail. */
final class Pastes {
  private static final String OPENING =
      "\u201C\u201D\u201E\u201F\u00AB\u00BB\u2018\u2019\u201A\u201B\u2039\u203A\u2033\u2032\uFF02";

  /** A tag whose address is the postback, or a URL in quotes or angle brackets. */
  private static final Pattern TAG =
      Pattern.compile(
          "<\\s*(?:img|script|iframe|a|link|embed|source)\\b[^>]*?\\b(?:src|href)\\s*=\\s*"
              + "(?:\"([^\"]*)\"|'([^']*)'|["
              + OPENING
              + "]([^"
              + OPENING
              + "]*)["
              + OPENING
              + "]|([^\\s>]+))",
          Pattern.CASE_INSENSITIVE);

  /** A URL after other text, up to the next blank. */
  private static final Pattern URL = Pattern.compile("https?://[^\\s]+", Pattern.CASE_INSENSITIVE);

  private static final Pattern QUOTED_MACRO =
      Pattern.compile("[" + OPENING + "]+(\\{[^{}]*\\})[" + OPENING + "]+");

  private static final Pattern QUOTED_STRING =
      Pattern.compile("\"[" + OPENING + "]+(\\{[^{}]*\\})[" + OPENING + "]+\"");

  /** A value in a query or form that consists of a name between marks. */
  private static final Pattern MARKED_VALUE =
      Pattern.compile(
          "(?<==)((?:[@$*!~|:(\\[^]|__|--){1,3}%?)([A-Za-z][A-Za-z0-9_.]*?)"
              + "(%?(?:[@$*!~|:)\\]^]|__|--){0,3})(?=&|$)");

  /**
   * One kind of text that was pasted.
   *
   * @param found the finding, whose suggestion is what to write
   * @param cleaned the source without it
   */
  record Paste(Finding found, String cleaned) {}

  private final String source;
  private final Kind kind;
  private final Vocabulary vocabulary;
  private final List<Paste> pastes = new ArrayList<>();

  /** The source without what was found so far. */
  private String cleaned;

  private Pastes(String source, Kind kind, Vocabulary vocabulary) {
    this.source = source;
    this.kind = kind;
    this.vocabulary = vocabulary;
    this.cleaned = source;
  }

  /** Everything that was pasted by mistake; the last one's text is without any of it. */
  static List<Paste> in(String source, Kind kind, Vocabulary vocabulary) {
    Pastes pastes = new Pastes(source, kind, vocabulary);
    if (kind == Kind.URL) {
      pastes.tag();
    }
    pastes.entities();
    pastes.invisible();
    pastes.quotes();
    if (kind == Kind.URL) {
      pastes.surroundings();
    }
    return pastes.pastes;
  }

  /** Each is corrected in what is left of the ones before. */
  private void found(String code, String message, @Nullable String suggestion, String without) {
    if (without.equals(cleaned) || without.isBlank()) {
      return;
    }
    cleaned = without;
    pastes.add(
        new Paste(
            new Finding(
                code,
                message,
                suggestion == null ? without : suggestion,
                new Correction(source, without)),
            without));
  }

  private void tag() {
    Matcher tag = TAG.matcher(cleaned);
    if (!tag.find()) {
      return;
    }
    for (int group = 1; group <= tag.groupCount(); group++) {
      String address = tag.group(group);
      if (address != null) {
        found(
            "html_tag",
            "This is an HTML tag; the postback is the URL in it.",
            null,
            HtmlEntities.decoded(address.strip()));
        return;
      }
    }
  }

  private void entities() {
    String first = HtmlEntities.first(cleaned);
    if (first == null || (kind == Kind.JSON && !cleaned.contains("{&"))) {
      return;
    }
    String decoded = HtmlEntities.decoded(cleaned);
    String character = HtmlEntities.decoded(first);
    boolean only = cleaned.replace(first, character).equals(decoded);
    found(
        "html_entity",
        "\"" + first + "\" is HTML for \"" + character + "\" and is sent unchanged.",
        only ? character : null,
        decoded.strip());
  }

  private void invisible() {
    StringBuilder visible = new StringBuilder(cleaned.length());
    String first = null;
    int before = 0;
    for (int i = 0; i < cleaned.length(); i += Character.charCount(before)) {
      int c = cleaned.codePointAt(i);
      if (Characters.isInvisible(c) && !Characters.belongsTo(before, c)) {
        first = first == null ? String.format(Locale.ROOT, "U+%04X", c) : first;
      } else {
        visible.appendCodePoint(c);
      }
      before = c;
    }
    if (first != null) {
      found(
          "invisible_character",
          "There is an invisible character (" + first + "), which is sent with the text.",
          null,
          visible.toString());
    }
  }

  private void quotes() {
    Matcher quoted = (kind == Kind.JSON ? QUOTED_STRING : QUOTED_MACRO).matcher(cleaned);
    String without = quoted.replaceAll(kind == Kind.JSON ? "\"$1\"" : "$1");
    if (kind == Kind.JSON
        && without.equals(cleaned)
        && Template.parse(cleaned, kind, vocabulary).template() == null) {
      without = cleaned.replaceAll("[" + OPENING + "]", "\"");
    }
    found(
        "typographic_quotes",
        "There are typographic quotes around a macro, which are sent with the value.",
        null,
        without);
  }

  /** {@code "https://..."}, {@code <https://...>}, {@code Postback: https://...}. */
  private void surroundings() {
    Matcher url = URL.matcher(cleaned);
    if (!url.find()) {
      return;
    }
    String address = url.group();
    if (!cleaned.substring(0, url.start()).isBlank()) {
      char before = cleaned.charAt(url.start() - 1);
      int end = closing(before) == 0 ? -1 : address.indexOf(closing(before));
      address = end > 0 ? address.substring(0, end) : address;
      found(
          "invalid_scheme",
          "There is other text before the URL; remove it.",
          null,
          address.strip());
    }
  }

  private static char closing(char opening) {
    return switch (opening) {
      case '"', '\'', '`' -> opening;
      case '<' -> '>';
      case '(' -> ')';
      case '[' -> ']';
      case '\u201C', '\u201E' -> '\u201D';
      case '\u2018', '\u201A' -> '\u2019';
      case '\u00AB' -> '\u00BB';
      default -> 0;
    };
  }

  /** A macro in a spelling that is only recognised as the whole value of a parameter. */
  static List<Finding> markedValues(String source, Kind kind) {
    List<Finding> found = new ArrayList<>();
    Matcher value = MARKED_VALUE.matcher(source);
    while (kind != Kind.JSON && value.find()) {
      boolean marked = !value.group(3).isEmpty() || ":$@".contains(value.group(1));
      String meant = marked ? Misnomers.knownMacro(value.group(2)) : null;
      // The parser has found a name in brackets itself.
      if (meant != null && !value.group().matches("\\[+[^%]*\\]+")) {
        found.add(
            new Finding(
                "foreign_macro",
                value.group()
                    + " is not a macro here and is sent unchanged; macros are written {name}: did"
                    + " you mean {"
                    + meant
                    + "}?",
                meant,
                new Correction("=" + value.group(), "={" + meant + "}")));
      }
    }
    return found;
  }
}
