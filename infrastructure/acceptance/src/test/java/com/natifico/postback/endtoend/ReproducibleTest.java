package com.natifico.postback.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.natifico.postback.local.template.Resource;
import com.natifico.postback.local.template.StackTemplate;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarInputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Nothing in a package depends on when, where or by whom it was built, so that a commit always
 * produces the same package. Instead of building twice, the test checks everything that has made
 * two builds differ before.
 */
final class ReproducibleTest {
  private static final Path ROOT = Path.of(System.getProperty("project.root"));

  /**
   * The allowed manifest attributes: the first two name the creator, the last two the JDK, on which
   * a build may depend.
   */
  private static final Set<String> MANIFEST =
      Set.of("Manifest-Version", "Created-By", "Build-Jdk-Spec", "Build-Tool-Jdk-Spec");

  /** The version is that of the commit. */
  private static final Set<String> COMMAND_LINE_MANIFEST =
      Set.of(
          "Manifest-Version",
          "Created-By",
          "Java-Version",
          "Build-Jdk-Spec",
          "Main-Class",
          "Multi-Release",
          "Implementation-Version");

  static Stream<Path> packages() {
    List<Path> packages =
        StackTemplate.read(ROOT.resolve("template.yaml"), Map.of(), "http://sqs/")
            .resources(Resource.FUNCTION)
            .stream()
            .map(function -> ROOT.resolve(function.properties().text("CodeUri")))
            .toList();
    assertEquals(7, packages.size());
    return packages.stream();
  }

  @ParameterizedTest
  @MethodSource("packages")
  void containsNoTraceOfItsBuild(Path zip) throws IOException {
    List<String> findings = new ArrayList<>(modes(zip));
    int own = 0;
    try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
      List<String> names = new ArrayList<>();
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        names.add(entry.getName());
        findings.addAll(findings(entry));
        if (entry.getName().startsWith("lib/postback-")) {
          own++;
          findings.addAll(ofJar(in.readAllBytes()));
        }
      }
      assertEquals(names.size(), new HashSet<>(names).size(), "a name occurs twice");
    }
    assertEquals(List.of(), findings);
    // The sender, the timer, the statistics and the authorizer answer no HTTP requests.
    boolean hasContract = zip.endsWith("api.zip") || zip.endsWith("conversion.zip");
    assertEquals(hasContract ? 4 : 3, own, "core, aws, the contract, and the function's own");
  }

  /**
   * The command line has the classes of all its libraries in one jar, where the files of others are
   * in the order in which they were released.
   */
  @Test
  void theCommandLineContainsNoTraceOfItsBuild() throws IOException {
    byte[] jar = Files.readAllBytes(ROOT.resolve("infrastructure/cli/target/postback.jar"));
    List<String> names = new ArrayList<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(jar))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        names.add(entry.getName());
      }
    }
    assertEquals(names.size(), new HashSet<>(names).size(), "a name occurs twice");
    assertTrue(names.contains("com/natifico/postback/operations/Reconcile.class"));
    assertEquals(List.of(), ofJar(jar, COMMAND_LINE_MANIFEST, "com/natifico/"));
  }

  private static List<String> findings(ZipEntry entry) throws IOException {
    List<String> findings = new ArrayList<>();
    LocalDateTime time = LocalDateTime.ofInstant(timestamp(), ZoneOffset.UTC);
    if (!entry.getTimeLocal().equals(time)) {
      findings.add(entry.getName() + " is of " + entry.getTimeLocal());
    }
    if (entry.getExtra() != null) {
      findings.add(entry.getName() + " has extra fields: owner, or times of another kind");
    }
    return findings;
  }

  private static Instant timestamp() throws IOException {
    Matcher timestamp =
        Pattern.compile("<project.build.outputTimestamp>(.*)</project.build.outputTimestamp>")
            .matcher(Files.readString(ROOT.resolve("pom.xml")));
    assertTrue(timestamp.find());
    return Instant.parse(timestamp.group(1));
  }

  /** A different umask would produce other modes, which Lambda may be unable to read. */
  private static List<String> modes(Path zip) throws IOException {
    List<String> findings = new ArrayList<>();
    try (FileSystem files =
            FileSystems.newFileSystem(zip, Map.of("enablePosixFileAttributes", true));
        Stream<Path> lib = Files.walk(files.getPath("/lib"))) {
      for (Path file : lib.toList()) {
        String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        if (!mode.equals(Files.isDirectory(file) ? "rwxr-xr-x" : "rw-r--r--")) {
          findings.add(file + " has the mode " + mode);
        }
      }
    }
    return findings;
  }

  private static List<String> ofJar(byte[] jar) throws IOException {
    return ofJar(jar, MANIFEST, "");
  }

  /**
   * @param own the beginning of the names of our own files
   */
  private static List<String> ofJar(byte[] jar, Set<String> attributes, String own)
      throws IOException {
    List<String> findings = new ArrayList<>();
    Map<String, String> last = new HashMap<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(jar))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        String name = entry.getName();
        findings.addAll(findings(entry));
        if (!name.startsWith(own)) {
          continue;
        }
        String content = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        for (String place : List.of(ROOT.toString(), System.getProperty("user.home"))) {
          if (place.length() > 1 && content.contains(place + "/")) {
            findings.add(name + " names the folder " + place);
          }
        }
        if (name.endsWith(".properties") && content.contains("#")) {
          findings.add(name + " has a comment, where Java writes the time");
        }
        if (!entry.isDirectory() && !name.startsWith("META-INF/")) {
          String before = last.put(name.substring(0, name.lastIndexOf('/') + 1), name);
          if (before != null && before.compareTo(name) > 0) {
            findings.add(name + " comes after " + before + ": in the order of the file system");
          }
        }
      }
    }
    try (JarInputStream in = new JarInputStream(new ByteArrayInputStream(jar))) {
      Manifest manifest = in.getManifest();
      manifest.getMainAttributes().keySet().stream()
          .map(Object::toString)
          .filter(key -> !attributes.contains(key))
          .forEach(key -> findings.add("the manifest has " + key));
    }
    return findings;
  }

  @Test
  void detectsEachDifference(@TempDir Path directory) throws IOException {
    Path jar = directory.resolve("a.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
      put(out, "META-INF/MANIFEST.MF", "Manifest-Version: 1.0\nBuilt-By: me\n\n");
      put(out, "lib/b.class", ROOT + "/B.java");
      put(out, "lib/a.class", "");
      put(out, "lib/pom.properties", "#Sun Nov 22\n");
    }
    String findings = String.join("\n", ofJar(Files.readAllBytes(jar)));
    for (String expected : List.of(" is of ", "folder", "comes after", "comment", "Built-By")) {
      assertTrue(findings.contains(expected), expected + " in " + findings);
    }
    try (FileSystem files =
        FileSystems.newFileSystem(jar, Map.of("enablePosixFileAttributes", true))) {
      Files.setPosixFilePermissions(
          files.getPath("/lib/a.class"), PosixFilePermissions.fromString("rw-------"));
    }
    assertTrue(modes(jar).toString().contains("/lib/a.class has the mode rw-------"));
  }

  private static void put(ZipOutputStream out, String name, String content) throws IOException {
    out.putNextEntry(new ZipEntry(name));
    out.write(content.getBytes(StandardCharsets.UTF_8));
    out.closeEntry();
  }
}
