package com.natifico.postback.macro;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A text with macros in it, compiled: a URL, a form body or a JSON body (design, sections 5 and
 * 10). Immutable and safe for use by several threads.
 *
 * <p>A macro is {@code {name}} or {@code {name|filter:argument|...}}. Whatever the values are, what
 * comes out keeps the template's form: a URL keeps its scheme, host and port and is one that {@link
 * java.net.URI} accepts, JSON stays JSON.
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

  private final Kind kind;
  private final String source;
  private final @Nullable Address address;

  /** One more than there are slots: what stands before, between and behind them. */
  private final String[] literals;

  private final Slot[] slots;
  private final List<Macro> macros;
  private final int typicalLength;

  Template(
      Kind kind,
      String source,
      @Nullable Address address,
      List<String> literals,
      List<Slot> slots) {
    this.kind = kind;
    this.source = source;
    this.address = address;
    this.literals = literals.toArray(String[]::new);
    this.slots = slots.toArray(Slot[]::new);
    Set<Macro> distinct = new LinkedHashSet<>();
    int length = 0;
    for (Slot slot : slots) {
      distinct.add(slot.macro());
      length += TYPICAL_VALUE;
    }
    for (String literal : literals) {
      length += literal.length();
    }
    this.macros = List.copyOf(distinct);
    this.typicalLength = length;
  }

  /** Most values are shorter; longer ones make the buffer grow once. */
  private static final int TYPICAL_VALUE = 24;

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
    StringBuilder out = new StringBuilder(typicalLength);
    for (int i = 0; i < slots.length; i++) {
      out.append(literals[i]);
      slots[i].append(out, values);
    }
    return out.append(literals[slots.length]).toString();
  }

  /** The macros in it, each once, in the order in which they come. */
  public List<Macro> macros() {
    return macros;
  }

  /** Whether the affiliate's click id is in it, under any of its names. */
  public boolean hasRefId() {
    return macros.stream().anyMatch(macro -> macro.name().equals("ref_id"));
  }

  /** As it was written. */
  public String source() {
    return source;
  }

  public Kind kind() {
    return kind;
  }

  /**
   * {@code http} or {@code https}.
   *
   * @throws IllegalStateException if this is no URL
   */
  public String scheme() {
    return address().scheme();
  }

  /**
   * The host as written, IPv6 in brackets.
   *
   * @throws IllegalStateException if this is no URL
   */
  public String host() {
    return address().host();
  }

  /**
   * The port as written, -1 if there is none.
   *
   * @throws IllegalStateException if this is no URL
   */
  public int port() {
    return address().port();
  }

  @Override
  public String toString() {
    return source;
  }

  private Address address() {
    if (address == null) {
      throw new IllegalStateException("a body has no address");
    }
    return address;
  }

  /** Where a URL leads, whatever the values. */
  record Address(String scheme, String host, int port) {}
}
