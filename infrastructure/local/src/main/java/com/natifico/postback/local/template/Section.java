package com.natifico.postback.local.template;

import com.natifico.postback.local.StartFailure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A mapping of the template with its path, so that errors name the place. Every accessor throws
 * {@link StartFailure} for a value of the wrong kind.
 */
public record Section(String path, Value.Mapping mapping) {

  public @Nullable Value find(String key) {
    return mapping.members().get(key);
  }

  public boolean has(String key) {
    return mapping.members().containsKey(key);
  }

  public List<String> keys() {
    return List.copyOf(mapping.members().keySet());
  }

  public @Nullable String findText(String key) {
    return switch (find(key)) {
      case null -> null;
      case Value.Text(String text) -> text;
      default -> throw wrong(key, "must be text");
    };
  }

  public String text(String key) {
    String text = findText(key);
    if (text == null) {
      throw wrong(key, "is missing");
    }
    return text;
  }

  public String text(String key, String otherwise) {
    String text = findText(key);
    return text == null ? otherwise : text;
  }

  public int integer(String key, int otherwise) {
    String text = findText(key);
    if (text == null) {
      return otherwise;
    }
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw wrong(key, "must be a whole number, not " + text);
    }
  }

  public boolean bool(String key) {
    return Boolean.parseBoolean(text(key, "false"));
  }

  /** The section with this key; an empty section if there is none. */
  public Section section(String key) {
    return switch (find(key)) {
      case null -> new Section(path + "." + key, Value.none());
      case Value.Mapping inner -> new Section(path + "." + key, inner);
      default -> throw wrong(key, "must be a mapping");
    };
  }

  /** The sections inside this one, by key. */
  public Map<String, Section> sections() {
    Map<String, Section> sections = new LinkedHashMap<>();
    keys().forEach(key -> sections.put(key, section(key)));
    return sections;
  }

  /** The sections of a list; empty if there is no list. */
  public List<Section> list(String key) {
    List<Section> sections = new ArrayList<>();
    for (Value item : items(key)) {
      if (!(item instanceof Value.Mapping inner)) {
        throw wrong(key, "must be a list of mappings");
      }
      sections.add(new Section(path + "." + key + "[" + sections.size() + "]", inner));
    }
    return sections;
  }

  /** The texts of a list; empty if there is no list. */
  public List<String> texts(String key) {
    List<String> texts = new ArrayList<>();
    for (Value item : items(key)) {
      if (!(item instanceof Value.Text(String text))) {
        throw wrong(key, "must be a list of texts");
      }
      texts.add(text);
    }
    return texts;
  }

  private List<Value> items(String key) {
    return switch (find(key)) {
      case null -> List.of();
      case Value.Sequence sequence -> sequence.items();
      default -> throw wrong(key, "must be a list");
    };
  }

  public StartFailure wrong(String key, String what) {
    return new StartFailure(path + "." + key + " " + what + ".");
  }
}
