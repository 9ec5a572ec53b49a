package com.natifico.postback.functions.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The files of the console: the page, and every file that the page names. A requested name is
 * looked up in this table and never becomes part of a path.
 *
 * @param version a hash of all files, which changes with each of them
 */
record ConsoleFiles(ConsoleFile page, Map<String, ConsoleFile> files, String version) {
  private static final String FOLDER = "/console/";
  private static final String PAGE = "index.html";
  private static final String VERSION = "{version}";

  /**
   * A reference to a console file in the page. The build unpacks the two libraries from their
   * webjars.
   */
  private static final Pattern REFERENCE = Pattern.compile("\"/console/\\{version}/([a-z.]+)\"");

  ConsoleFiles {
    files = Map.copyOf(files);
  }

  static ConsoleFiles load() {
    String page = read(PAGE);
    Map<String, ConsoleFile> files = new TreeMap<>();
    REFERENCE
        .matcher(page)
        .results()
        .map(reference -> reference.group(1))
        .forEach(name -> files.put(name, new ConsoleFile(contentType(name), read(name))));
    String hashes = files.values().stream().map(ConsoleFile::hash).collect(Collectors.joining());
    String version = ConsoleFile.hash(hashes);
    return new ConsoleFiles(
        new ConsoleFile("text/html; charset=utf-8", page.replace(VERSION, version)),
        files,
        version);
  }

  /**
   * @return null if the file does not exist
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
