package com.natifico.postback.local.function;

import com.natifico.postback.local.StartFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** A function's zip, unpacked: classes at its root, jars in {@code lib/}. */
final class CodePackage implements AutoCloseable {
  private final Path directory;
  private final URLClassLoader classes;

  private CodePackage(Path directory, URLClassLoader classes) {
    this.directory = directory;
    this.classes = classes;
  }

  /**
   * @throws StartFailure if there is no such zip, or it is none
   */
  static CodePackage unpack(Path zip) {
    if (!Files.exists(zip)) {
      throw new StartFailure(zip + " is missing: build it with mvn package -DskipTests.");
    }
    try {
      Path directory = Files.createTempDirectory("function-");
      try (ZipFile file = new ZipFile(zip.toFile())) {
        for (ZipEntry entry : file.stream().toList()) {
          unpack(file, entry, directory);
        }
      }
      return new CodePackage(
          directory, new URLClassLoader(classPath(directory), new RuntimeClasses()));
    } catch (IOException e) {
      throw new StartFailure(
          zip + " cannot be unpacked (" + e.getMessage() + "): build it anew with mvn package.", e);
    }
  }

  private static void unpack(ZipFile file, ZipEntry entry, Path directory) throws IOException {
    Path target = directory.resolve(entry.getName()).normalize();
    if (!target.startsWith(directory)) {
      throw new IOException("it leads outside with " + entry.getName());
    }
    if (entry.isDirectory()) {
      Files.createDirectories(target);
      return;
    }
    Path parent = target.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    try (var in = file.getInputStream(entry)) {
      Files.copy(in, target);
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
      Files.walkFileTree(
          directory,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.delete(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
                throws IOException {
              Files.delete(visited);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
