package com.natifico.postback.macro;

import com.natifico.postback.url.HttpUrl;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A text with macros in it, compiled: a URL, a form body or a JSON body. Never changes and is safe
 * for use by several threads.
 *
 * <p>A macro is {@code {name}} or {@code {name|filter:argument|...}}; {@link MacroReader} tells
 * what stands between the braces, {@link Filter} what the filters do. Whatever the values are, what
 * comes out keeps the template's form:
 *
 * <ul>
 *   <li>A URL keeps its scheme, host and port, is ASCII, and is one that {@link java.net.URI}
 *       accepts. A value is percent-encoded, all but the unreserved characters; with {@code raw}
 *       only what cannot stand there: blanks, control and non-ASCII characters, quotes, brackets in
 *       a path, #, and % unless it begins a %XX. A segment of the path that becomes one or two dots
 *       is sent as %2E or %2E%2E. The template's own text is sent as a browser would.
 *   <li>A form body is encoded as a query is.
 *   <li>JSON stays JSON. Inside a string a value is escaped; with {@code raw} its own escapes are
 *       kept. Outside of quotes a macro stands for a whole value: null where it is missing, a
 *       number for decimals, codes, unix times and what {@code multiply} and {@code scale} make,
 *       else a string; with {@code raw} any number, true, false and null go without quotes.
 * </ul>
 */
public final class Template {
  /** What the text is, and so how values are written into it. */
  public enum Kind {
    URL,
    /** {@code application/x-www-form-urlencoded}. */
    FORM,
    JSON
  }

  /**
   * What became of a source.
   *
   * @param template null if and only if there are errors
   * @param errors why it is refused
   * @param warnings what is probably not meant, though it can be sent
   */
  public record Parsed(@Nullable Template template, List<Finding> errors, List<Finding> warnings) {
    public Parsed {
      errors = List.copyOf(errors);
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * One thing to say about a source.
   *
   * @param code for machines, such as {@code unknown_macro}
   * @param message for people
   * @param suggestion what to write instead of what was found, if that can be said: of a macro the
   *     bare name, as in {@code ref_id} for {@code {Ref-ID}}; of anything else the text itself
   */
  public record Finding(String code, String message, @Nullable String suggestion) {}

  /** Most values are shorter, to begin with. */
  private static final int TYPICAL_VALUE = 16;

  /** Beyond this a buffer is not kept ready for what one odd value needed. */
  private static final int LARGEST_EXPECTED = 4096;

  private final Kind kind;
  private final String source;
  private final @Nullable HttpUrl url;

  /** What stands before, between and behind the slots, as UTF-8. */
  private final byte[][] literals;

  private final Slot[] slots;
  private final List<Macro> macros;

  /** Where the path begins if a value can make a segment of it one of dots; else -1. */
  private final int dotsFrom;

  /**
   * For how many bytes there will probably have to be room: for as many as at most so far. Not
   * volatile: a thread that sees an old number has a buffer that grows once.
   */
  private int expectedRoom;

  private Template(Kind kind, String source, @Nullable HttpUrl url, Layout layout, int dotsFrom) {
    this.kind = kind;
    this.source = source;
    this.url = url;
    this.literals = layout.literals().toArray(byte[][]::new);
    this.slots = layout.slots().toArray(Slot[]::new);
    this.dotsFrom = dotsFrom;
    this.macros = distinct(slots);
    int fixed = 0;
    for (byte[] literal : literals) {
      fixed += literal.length;
    }
    this.expectedRoom = slots.length * TYPICAL_VALUE + fixed;
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

  /** Reads a source and says everything that is wrong with it; never throws. */
  public static Parsed parse(String source, Kind kind) {
    return new TemplateParser(source, kind).parse();
  }

  /**
   * A stored template that was valid when it was saved.
   *
   * @throws IllegalArgumentException if it is not
   */
  public static Template of(String source, Kind kind) {
    Parsed parsed = parse(source, kind);
    if (parsed.template() == null) {
      throw new IllegalArgumentException("no valid template: " + parsed.errors());
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

  /** The finished text for these values; never throws. */
  public String expand(MacroValues values) {
    Output out = new Output(expectedRoom);
    for (int i = 0; i < slots.length; i++) {
      slots[i].append(out, literals[i], values);
    }
    out.append(literals[slots.length]);
    if (out.needed() > expectedRoom && out.needed() < LARGEST_EXPECTED) {
      expectedRoom = out.needed();
    }
    String text = kind == Kind.JSON ? out.toString() : out.toAscii();
    return dotsFrom < 0 ? text : encodeDotSegments(text, dotsFrom);
  }

  /** The macros in it, each once, in the order in which they come. */
  public List<Macro> macros() {
    return macros;
  }

  /** Whether the affiliate's click id is in it, under any of its names. */
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
   * @throws IllegalStateException if this is no URL
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
   * A segment of nothing but one or two dots would be resolved by whoever reads the URL (RFC 3986,
   * section 5.2.4), and lead elsewhere than the template says.
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
