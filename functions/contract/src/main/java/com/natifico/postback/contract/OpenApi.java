package com.natifico.postback.contract;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The description of the HTTP contract in OpenAPI 3.1. */
public final class OpenApi {
  private OpenApi() {}

  /** The document, as JSON. */
  public static String document() {
    return Lazy.DOCUMENT;
  }

  /** Read when first asked for, since most invocations never need it. */
  private static final class Lazy {
    static final String DOCUMENT = read("openapi.json");

    private static String read(String name) {
      try (InputStream in = OpenApi.class.getResourceAsStream(name)) {
        if (in == null) {
          throw new IllegalStateException("the function was packaged without " + name);
        }
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
