package com.natifico.postback.postback;

import com.natifico.postback.macro.Template;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the templates that are in use compiled: to parse one takes some thirty times as long as to
 * expand it. They are known by their text, so an edit needs no notice, and a postback that is read
 * anew with the same text finds its own. Thread-safe.
 */
public final class Expansions {
  /** The last used ones; a usual one takes 2 KB, one of a whole body some 50 KB. */
  private static final int CAPACITY = 500;

  /** Compared by hand, as the keys of {@link PostbackCache}. */
  private record Source(String text, Template.Kind kind) {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Source source && kind == source.kind && text.equals(source.text);
    }

    @Override
    public int hashCode() {
      return 31 * text.hashCode() + kind.ordinal();
    }
  }

  private final Map<Source, Template> compiled =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Source, Template> eldest) {
          return size() > CAPACITY;
        }
      };

  /** The postback's expansion, see {@link Expansion#of(Postback)}. */
  public Expansion of(Postback postback) {
    return Expansion.of(postback, this::template);
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
