package com.natifico.postback.macro;

import com.natifico.postback.Nearest;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The macros that a template may contain, and what is suggested for other names. */
public enum Vocabulary {
  /** Those of a conversion: {@link Macros}. */
  CONVERSION {
    @Override
    public @Nullable Macro find(String name) {
      return Macros.find(name);
    }

    @Override
    public List<Macro> all() {
      return Macros.all();
    }

    @Override
    @Nullable String suggest(String text) {
      return Misnomers.suggest(text);
    }

    @Override
    @Nullable String ownName(String text) {
      return Misnomers.macro(text);
    }

    @Override
    @Nullable String sameLetters(String text) {
      return Misnomers.sameLetters(text);
    }

    @Override
    @Nullable String ambiguity(String text) {
      return Misnomers.ambiguity(text);
    }

    @Override
    @Nullable String translate(String content) {
      return ForeignFilters.translate(content);
    }
  },

  /** Those of a notification about the affiliate's postbacks. */
  NOTIFICATION {
    @Override
    public @Nullable Macro find(String name) {
      String lower = name.toLowerCase(Locale.ROOT);
      for (Macro macro : NotificationMacros.ALL) {
        if (macro.name().equals(lower) || macro.aliases().contains(lower)) {
          return macro;
        }
      }
      return null;
    }

    @Override
    public List<Macro> all() {
      return NotificationMacros.ALL;
    }

    @Override
    @Nullable String suggest(String text) {
      String same = sameLetters(text);
      return same == null
          ? Nearest.of(
              text.strip().toLowerCase(Locale.ROOT),
              NotificationMacros.ALL.stream().map(Macro::name).toList())
          : same;
    }

    @Override
    @Nullable String ownName(String text) {
      return suggest(text);
    }

    @Override
    @Nullable String sameLetters(String text) {
      String letters = letters(text);
      for (Macro macro : NotificationMacros.ALL) {
        if (letters(macro.name()).equals(letters)) {
          return macro.name();
        }
      }
      return null;
    }

    @Override
    @Nullable String ambiguity(String text) {
      return null;
    }

    @Override
    @Nullable String translate(String content) {
      return null;
    }
  };

  private static String letters(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }

  /** The macro with this name or alias; null if there is none. */
  public abstract @Nullable Macro find(String name);

  /** All macros, in the order in which they are shown. */
  public abstract List<Macro> all();

  /** A macro's name or alias that was probably meant; null if none is near. */
  abstract @Nullable String suggest(String text);

  /** Like {@link #suggest}, but always the macro's own name. */
  abstract @Nullable String ownName(String text);

  /** Like {@link #suggest}, but only for a name with the same alphanumeric characters. */
  abstract @Nullable String sameLetters(String text);

  /** Why the name is refused although it is known elsewhere; null if it is not ambiguous. */
  abstract @Nullable String ambiguity(String text);

  /** The content of braces in another system's notation, translated; null if it is none. */
  abstract @Nullable String translate(String content);
}
