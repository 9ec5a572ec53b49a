package com.natifico.postback.postback;

import com.natifico.postback.Words;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The method of a callback's request; its word is its name. */
public enum HttpMethod {
  GET,
  POST;

  /** The method with this name, ignoring case; null for an unknown one. */
  public static @Nullable HttpMethod find(String word) {
    if (word.equalsIgnoreCase("GET")) {
      return GET;
    }
    return word.equalsIgnoreCase("POST") ? POST : null;
  }

  /**
   * @throws IllegalArgumentException for an unknown name
   */
  public static HttpMethod of(String word) {
    return Words.known(HttpMethod.class, find(word));
  }

  public static List<String> words() {
    return List.of("GET", "POST");
  }
}
