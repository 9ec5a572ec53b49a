package com.natifico.postback.functions.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The files of the console. What is asked for is looked up here and never made into a path.
 *
 * @param version changes with every file
 */
record ConsoleFiles(ConsoleFile page, Map<String, ConsoleFile> files, String version) {
  private static final String FOLDER = "/console/";
  private static final String PAGE = "index.html";
  private static final String VERSION = "{version}";

  /** The two libraries are unpacked from their webjar by the build. */
  static final List<String> NAMES =
      List.of(
          "preact.min.umd.js",
          "hooks.umd.js",
          "app.css",
          "icon.svg",
          "api.js",
          "app.js",
          "charts.js",
          "delivery.js",
          "dom.js",
          "editor.js",
          "format.js",
          "home.js",
          "log.js",
          "macros.js",
          "postbacks.js",
          "preview.js",
          "resend.js",
          "signin.js",
          "store.js",
          "suggest.js",
          "test.js",
          "texts.js",
          "ui.js",
          "why.js");

  ConsoleFiles {
    files = Map.copyOf(files);
  }

  static ConsoleFiles load() {
    Map<String, ConsoleFile> files = new TreeMap<>();
    StringBuilder hashes = new StringBuilder();
    for (String name : NAMES) {
      ConsoleFile file = new ConsoleFile(contentType(name), read(name));
      files.put(name, file);
      hashes.append(file.hash());
    }
    String version = ConsoleFile.hash(hashes.toString());
    String page = read(PAGE).replace(VERSION, version);
    return new ConsoleFiles(new ConsoleFile("text/html; charset=utf-8", page), files, version);
  }

  /**
   * @return null if there is no such file
   */
  @Nullable ConsoleFile find(String name) {
    return files.get(name);
  }

  private static String contentType(String name) {
    return switch (name.substring(name.lastIndexOf('.'))) {
      case ".js" -> "text/javascript; charset=utf-8";
      case ".css" -> "text/css; charset=utf-8";
      case ".svg" -> "image/svg+xml";
      default -> throw new IllegalStateException("what is " + name + "?");
    };
  }

  private static String read(String name) {
    try (InputStream in = ConsoleFiles.class.getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        throw new IllegalStateException("the function was packaged without console/" + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
