package com.natifico.postback.postback;

import com.natifico.postback.macro.Template;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A cache of compiled templates: parsing takes about thirty times as long as expanding. The key is
 * the template's text, so an edit needs no invalidation, and a postback that is read again with the
 * same text finds its template. Thread-safe.
 */
public final class Expansions {
  /**
   * The least recently used template is removed first; a usual one takes 2 KB, one with a large
   * body about 50 KB.
   */
  private static final int CAPACITY = 500;

  private record Source(String text, Template.Kind kind) {}

  private final Map<Source, Template> compiled =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Source, Template> eldest) {
          return size() > CAPACITY;
        }
      };

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
      compiled.put(source, parsed);
    }
    return parsed;
  }
}
