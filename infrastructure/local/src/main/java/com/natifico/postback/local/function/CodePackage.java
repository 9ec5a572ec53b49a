package com.natifico.postback.local.function;

import com.natifico.postback.local.StartFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A function's zip, unpacked: classes at its root, jars in {@code lib/}. */
final class CodePackage implements AutoCloseable {
  private final UnpackedZip zip;
  private final URLClassLoader classes;

  private CodePackage(UnpackedZip zip, URLClassLoader classes) {
    this.zip = zip;
    this.classes = classes;
  }

  /**
   * @throws StartFailure if the file is missing or is not a zip
   */
  static CodePackage unpack(Path zip) {
    if (!Files.exists(zip)) {
      throw new StartFailure(zip + " is missing: build it with mvn package -DskipTests.");
    }
    try {
      UnpackedZip unpacked = new UnpackedZip(zip);
      return new CodePackage(
          unpacked, new URLClassLoader(classPath(unpacked.directory()), new RuntimeClasses()));
    } catch (IOException e) {
      throw new StartFailure(
          zip + " cannot be unpacked (" + e.getMessage() + "): build it again with mvn package.",
          e);
    }
  }

  private static URL[] classPath(Path directory) throws IOException {
    List<URL> urls = new ArrayList<>();
    urls.add(url(directory));
    Path lib = directory.resolve("lib");
    if (Files.isDirectory(lib)) {
      try (Stream<Path> jars = Files.list(lib)) {
        jars.filter(jar -> jar.toString().endsWith(".jar"))
            .sorted()
            .forEach(jar -> urls.add(url(jar)));
      }
    }
    return urls.toArray(URL[]::new);
  }

  private static URL url(Path path) {
    try {
      return path.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new UncheckedIOException(e);
    }
  }

  ClassLoader classes() {
    return classes;
  }

  @Override
  public void close() {
    try {
      classes.close();
      zip.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
