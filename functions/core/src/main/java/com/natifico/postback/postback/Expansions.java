package com.natifico.postback.postback;

import com.natifico.postback.macro.Template;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Keeps the templates that are in use compiled: to parse one takes some thirty times as long as to
 * expand it. They are known by their text, so an edit needs no notice, and a postback that is read
 * anew with the same text finds its own. Thread-safe.
 */
public final class Expansions {
  /** The last used ones; a usual one takes 2 KB, one of a whole body some 50 KB. */
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
    // Two threads may parse the same; better than to let others wait.
    Template parsed = Template.of(text, kind);
    synchronized (compiled) {
      compiled.put(source, parsed);
    }
    return parsed;
  }
}
