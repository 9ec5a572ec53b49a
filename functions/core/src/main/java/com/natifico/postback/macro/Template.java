package com.natifico.postback.macro;

import com.natifico.postback.url.HttpUrl;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A text with macros in it, compiled: a URL, a form body or a JSON body. Never changes and is safe
 * for use by several threads.
 *
 * <p>A macro is {@code {name}} or {@code {name|filter:argument|...}}; {@link MacroReader} describes
 * the text between the braces, {@link Filter} the filters. For all values, the result has the
 * template's form:
 *
 * <ul>
 *   <li>A URL keeps its scheme, host and port, is ASCII, and is one that {@link java.net.URI}
 *       accepts. In a value all characters except the unreserved ones are percent-encoded; with
 *       {@code raw} only those that are invalid there: blanks, control and non-ASCII characters,
 *       quotes, brackets in a path, #, and % unless it begins a %XX. A segment of the path that
 *       becomes one or two dots is sent as %2E or %2E%2E. The template's own text is encoded as in
 *       a browser.
 *   <li>A form body is encoded like a query.
 *   <li>JSON stays JSON. Inside a string a value is escaped; with {@code raw} its own escapes are
 *       kept. Outside of quotes a macro represents a complete value: null if it is missing, a
 *       number for decimals, codes, unix times and the results of {@code multiply} and {@code
 *       scale}, otherwise a string; with {@code raw} any number, true, false and null are written
 *       without quotes.
 * </ul>
 */
public final class Template {
  /** The type of the text, which decides how values are encoded. */
  public enum Kind {
    URL,
    /** {@code application/x-www-form-urlencoded}. */
    FORM,
    JSON
  }

  /**
   * The result of parsing a source.
   *
   * @param template null if and only if there are errors
   * @param errors why it is rejected
   * @param warnings probable mistakes in a source that can be sent
   */
  public record Parsed(@Nullable Template template, List<Finding> errors, List<Finding> warnings) {
    public Parsed {
      errors = List.copyOf(errors);
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * One error or warning about a source.
   *
   * @param code for machines, such as {@code unknown_macro}
   * @param message for people
   * @param suggestion the replacement, if known: for a macro its bare name, such as {@code ref_id}
   *     for {@code {Ref-ID}}; otherwise the text itself
   * @param correction how the suggestion is followed; null if there is none, or if its place is the
   *     reader's choice
   */
  public record Finding(
      String code, String message, @Nullable String suggestion, @Nullable Correction correction) {
    /** The same without a suggestion. */
    Finding withoutSuggestion() {
      return new Finding(code, message, null, null);
    }

    boolean isSameProblem(Finding other) {
      return code.equals(other.code) && message.equals(other.message);
    }
  }

  /**
   * How a suggestion is followed.
   *
   * @param replace a part of the source; every occurrence is replaced
   * @param with the text in its place
   */
  public record Correction(String replace, String with) {
    public Correction {
      if (replace.isEmpty()) {
        throw new IllegalArgumentException("a correction replaces a text");
      }
    }

    public String apply(String source) {
      return source.replace(replace, with);
    }
  }

  /** Most values are shorter; used for the initial buffer size. */
  private static final int TYPICAL_VALUE_BYTES = 16;

  /** The limit of the initial buffer size, so that one unusual value does not keep it large. */
  private static final int MAX_INITIAL_BYTES = 4096;

  private final Kind kind;
  private final String source;
  private final @Nullable HttpUrl url;

  /** The fixed text before, between and after the slots, as UTF-8. */
  private final byte[][] literals;

  private final Slot[] slots;
  private final List<Macro> macros;
  private final Set<String> secrets;

  /** Where the path starts if a value can turn one of its segments into dots; otherwise -1. */
  private final int dotsFrom;

  /**
   * Initial buffer size: the largest output so far. Not volatile: a thread that reads an old value
   * has a buffer that grows once.
   */
  private int initialBytes;

  private Template(Kind kind, String source, @Nullable HttpUrl url, Layout layout, int dotsFrom) {
    this.kind = kind;
    this.source = source;
    this.url = url;
    this.literals = layout.literals().toArray(byte[][]::new);
    this.slots = layout.slots().toArray(Slot[]::new);
    this.dotsFrom = dotsFrom;
    this.macros = distinct(slots);
    this.secrets = Collections.unmodifiableSet(layout.secrets());
    int fixed = 0;
    for (byte[] literal : literals) {
      fixed += literal.length;
    }
    this.initialBytes = slots.length * TYPICAL_VALUE_BYTES + fixed;
  }

  private static List<Macro> distinct(Slot[] slots) {
    BitSet seen = new BitSet();
    List<Macro> macros = new ArrayList<>();
    for (Slot slot : slots) {
      if (!seen.get(slot.macro().ordinal())) {
        seen.set(slot.macro().ordinal());
        macros.add(slot.macro());
      }
    }
    return List.copyOf(macros);
  }

  static Template url(String source, HttpUrl url, Layout layout, int dotsFrom) {
    return new Template(Kind.URL, source, url, layout, dotsFrom);
  }

  static Template body(Kind kind, String source, Layout layout) {
    return new Template(kind, source, null, layout, -1);
  }

  /** Parses a source of a postback and reports all errors; never throws. */
  public static Parsed parse(String source, Kind kind) {
    return parse(source, kind, Vocabulary.CONVERSION);
  }

  /** Parses a source with the macros of a vocabulary and reports all errors; never throws. */
  public static Parsed parse(String source, Kind kind, Vocabulary vocabulary) {
    return new TemplateParser(source, kind, vocabulary).parse();
  }

  /**
   * Like {@link #parse}, and also reports what is often pasted by mistake: HTML, invisible
   * characters, typographic quotes. Every suggestion that has a correction has been tried:
   * followed, it leads to a source without this error or warning and without a new error.
   */
  public static Parsed review(String source, Kind kind) {
    return review(source, kind, Vocabulary.CONVERSION);
  }

  /** The same, with the macros of a vocabulary. */
  public static Parsed review(String source, Kind kind, Vocabulary vocabulary) {
    return new Review(source, kind, vocabulary).read();
  }

  /**
   * A stored template, which was valid when it was saved.
   *
   * @throws IllegalArgumentException if it is not valid
   */
  public static Template of(String source, Kind kind) {
    return of(source, kind, Vocabulary.CONVERSION);
  }

  /** The same, with the macros of a vocabulary. */
  public static Template of(String source, Kind kind, Vocabulary vocabulary) {
    Parsed parsed = parse(source, kind, vocabulary);
    if (parsed.template() == null) {
      throw new IllegalArgumentException("not a valid template: " + parsed.errors());
    }
    return parsed.template();
  }

  /**
   * The warnings of a postback: those of its URL and of its body, without {@code no_ref_id} if
   * either of them has the click id.
   */
  public static List<Finding> warnings(Parsed url, @Nullable Parsed body) {
    List<Finding> warnings = new ArrayList<>(url.warnings());
    if (body != null) {
      if (body.template() != null && body.template().hasRefId()) {
        warnings.removeIf(warning -> warning.code().equals("no_ref_id"));
      }
      warnings.addAll(body.warnings());
    }
    return List.copyOf(warnings);
  }

  /** The expanded text for these values; never throws. */
  public String expand(MacroValues values) {
    return expand(values, Integer.MAX_VALUE);
  }

  /**
   * The same, but ends after the value with which the text becomes longer than the limit.
   *
   * @param maxBytes the limit in bytes of UTF-8; a text that is longer is incomplete
   */
  public String expand(MacroValues values, int maxBytes) {
    Output out = new Output(initialBytes);
    boolean escapesBraces = kind == Kind.JSON && !secrets.isEmpty();
    for (int i = 0; i < slots.length && out.length() <= maxBytes; i++) {
      int valueFrom = out.length() + literals[i].length;
      slots[i].append(out, literals[i], values);
      if (escapesBraces) {
        out.replaceFrom(valueFrom, '{', JsonReader.OPENING_BRACE);
      }
    }
    if (out.length() <= maxBytes) {
      out.append(literals[slots.length]);
    }
    if (out.needed() > initialBytes && out.needed() < MAX_INITIAL_BYTES) {
      initialBytes = out.needed();
    }
    String text = kind == Kind.JSON ? out.toString() : out.toAscii();
    return dotsFrom < 0 ? text : encodeDotSegments(text, dotsFrom);
  }

  /** The macros in the template, each once, in their order. */
  public List<Macro> macros() {
    return macros;
  }

  /** The names of the secrets in the template, whose placeholders remain when it is expanded. */
  public Set<String> secrets() {
    return secrets;
  }

  /** Whether the template contains the affiliate's click id, under any of its names. */
  public boolean hasRefId() {
    for (Macro macro : macros) {
      if (macro.name().equals("ref_id")) {
        return true;
      }
    }
    return false;
  }

  /** As it was written. */
  public String source() {
    return source;
  }

  public Kind kind() {
    return kind;
  }

  /**
   * Where a callback goes, whatever the values, with the text before the first macro.
   *
   * @throws IllegalStateException if this is not a URL
   */
  public HttpUrl url() {
    if (url == null) {
      throw new IllegalStateException("a body has no address");
    }
    return url;
  }

  @Override
  public String toString() {
    return source;
  }

  /**
   * A receiver would resolve a segment of one or two dots (RFC 3986, section 5.2.4) to a different
   * path from the template's.
   */
  private static String encodeDotSegments(String url, int from) {
    int question = url.indexOf('?', from);
    int end = question < 0 ? url.length() : question;
    StringBuilder path = new StringBuilder(url.length() + 8).append(url, 0, from);
    int start = from;
    while (start < end) {
      int slash = url.indexOf('/', start);
      int segmentEnd = slash < 0 || slash > end ? end : slash;
      String segment = url.substring(start, segmentEnd);
      path.append(
          switch (segment) {
            case "." -> "%2E";
            case ".." -> "%2E%2E";
            default -> segment;
          });
      if (segmentEnd < end) {
        path.append('/');
      }
      start = segmentEnd + 1;
    }
    return path.append(url, end, url.length()).toString();
  }
}
