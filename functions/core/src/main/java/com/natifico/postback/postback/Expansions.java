package com.natifico.postback.postback;

import com.natifico.postback.macro.Template;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A cache of compiled templates: parsing takes about thirty times as long as expanding. The key is
 * the template's text, so an edit needs no invalidation, and a postback that is read again with the
 * same text finds its template. Thread-safe.
 */
public final class Expansions {
  /**
   * The limit of the sources of all templates together, in characters; the least recently used is
   * removed first. A template takes ten to thirty times as many bytes: one of 16 KiB of {sub1} has
   * 2,730 slots.
   */
  private static final int CAPACITY = 1024 * 1024;

  private record Source(String text, Template.Kind kind) {}

  private final Map<Source, Template> compiled = new LinkedHashMap<>(16, 0.75f, true);
  private int length;

  /** See {@link Expansion#of(RequestTemplate)}. */
  public Expansion of(RequestTemplate request) {
    return Expansion.of(request, this::template);
  }

  private Template template(String text, Template.Kind kind) {
    Source source = new Source(text, kind);
    synchronized (compiled) {
      Template known = compiled.get(source);
      if (known != null) {
        return known;
      }
    }
    // Two threads may parse the same template, so that no thread waits for another.
    Template parsed = Template.of(text, kind);
    synchronized (compiled) {
      if (compiled.put(source, parsed) == null) {
        length += text.length();
      }
      Iterator<Source> leastUsed = compiled.keySet().iterator();
      while (length > CAPACITY) {
        length -= leastUsed.next().text.length();
        leastUsed.remove();
      }
    }
    return parsed;
  }
}
