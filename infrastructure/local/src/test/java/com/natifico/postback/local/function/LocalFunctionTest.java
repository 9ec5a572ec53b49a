package com.natifico.postback.local.function;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.natifico.postback.local.LocalJournal;
import com.natifico.postback.local.StartFailure;
import com.natifico.postback.local.TestProject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalFunctionTest {
  @TempDir private Path directory;

  private final String journal = UUID.randomUUID().toString();

  private FunctionSettings settings(Path zip, String handler, Map<String, String> more) {
    Map<String, String> environment = new HashMap<>(more);
    environment.put("JOURNAL", journal);
    return new FunctionSettings("Probe", zip, handler, 1, 512, environment);
  }

  private LocalFunction probe() throws Exception {
    Path zip =
        TestProject.zip(
            directory.resolve("probe.zip"), List.of(ProbeHandler.class, LocalJournal.class));
    return LocalFunction.load(settings(zip, ProbeHandler.class.getName(), Map.of()));
  }

  private static String invoke(LocalFunction function, String event) throws Exception {
    byte[] json = ('"' + event + '"').getBytes(StandardCharsets.UTF_8);
    return new String(function.invoke(json), StandardCharsets.UTF_8).replace("\"", "");
  }

  @Test
  void exposesOnlyThePackageAndTheRuntimeToAHandler() throws Exception {
    try (LocalFunction function = probe()) {
      assertEquals("absent", invoke(function, "class com.fasterxml.jackson.core.JsonFactory"));
      assertEquals("absent", invoke(function, "class " + LocalFunction.class.getName()));
      assertEquals(
          "absent",
          invoke(function, "class com.amazonaws.services.lambda.runtime.events.SQSEvent"));
      String context = "com.amazonaws.services.lambda.runtime.Context";
      assertEquals(context, invoke(function, "class " + context));
      assertEquals("java.sql.Connection", invoke(function, "class java.sql.Connection"));
    }
  }

  @Test
  void passesTheEnvironmentAndTheRemainingTime() throws Exception {
    try (LocalFunction function = probe()) {
      assertEquals(journal, invoke(function, "environment JOURNAL"));
      int remaining = Integer.parseInt(invoke(function, "remaining"));
      assertTrue(remaining > 0 && remaining <= 1000, "remaining " + remaining);
    }
  }

  @Test
  void isInitialisedBeforeTheFirstEvent() throws Exception {
    try (LocalFunction function = probe()) {
      assertEquals(1, LocalJournal.of(journal).size());
      invoke(function, "one");
      invoke(function, "two");
      assertEquals(1, LocalJournal.of(journal).size());
    }
  }

  @Test
  void usesOneInstancePerConcurrentEvent() throws Exception {
    try (LocalFunction function = probe();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<String> one = threads.submit(() -> invoke(function, "wait .go"));
      Future<String> two = threads.submit(() -> invoke(function, "wait .go"));
      LocalJournal.of(journal + ".waiting").take();
      LocalJournal.of(journal + ".waiting").take();
      assertEquals(2, LocalJournal.of(journal).size());
      LocalJournal.of(journal + ".go").addAll(List.of("done", "done"));
      assertEquals(List.of("done", "done"), List.of(one.get(), two.get()));
    }
  }

  @Test
  void stopsAnInvocationThatTimesOutAndDiscardsItsInstance() throws Exception {
    try (LocalFunction function = probe()) {
      FunctionError error =
          assertThrows(FunctionError.class, () -> invoke(function, "wait .never"));
      assertEquals("Task timed out after 1.00 seconds", error.getMessage());
      assertEquals("echo", invoke(function, "echo"));
      assertEquals(2, LocalJournal.of(journal).size());
    }
  }

  @Test
  void refusesAnEventOverTheLimit() throws Exception {
    try (LocalFunction function = probe()) {
      byte[] event = new byte[LocalFunction.MAX_PAYLOAD_BYTES + 1];
      assertThrows(FunctionError.class, () -> function.invoke(event));
    }
  }

  @Test
  void usesThePackagesOwnSerializer() throws Exception {
    Path zip = directory.resolve("shouting.zip");
    Path classes = directory.resolve("classes.jar");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(classes))) {
      out.putNextEntry(
          new ZipEntry(
              "META-INF/services/com.amazonaws.services.lambda.runtime.CustomPojoSerializer"));
      out.write(ShoutingSerializer.class.getName().getBytes(StandardCharsets.UTF_8));
    }
    TestProject.zip(
        zip, List.of(ProbeHandler.class, LocalJournal.class, ShoutingSerializer.class), classes);
    try (LocalFunction function =
        LocalFunction.load(settings(zip, ProbeHandler.class.getName(), Map.of()))) {
      byte[] answer = function.invoke("hello".getBytes(StandardCharsets.UTF_8));
      assertEquals("HELLO", new String(answer, StandardCharsets.UTF_8));
    }
  }

  private String failure(FunctionSettings settings) {
    StartFailure failure =
        assertThrows(StartFailure.class, () -> LocalFunction.load(settings).close());
    return String.valueOf(failure.getMessage());
  }

  @Test
  void saysThatThePackageIsMissing() {
    Path zip = directory.resolve("none.zip");
    assertEquals(
        zip + " is missing: build it with mvn package -DskipTests.",
        failure(settings(zip, "x.Y", Map.of())));
  }

  @Test
  void saysThatThePackageIsBroken() throws Exception {
    Path zip = Files.writeString(directory.resolve("broken.zip"), "no zip");
    String failure = failure(settings(zip, "x.Y", Map.of()));
    assertTrue(failure.startsWith(zip + " cannot be unpacked"), failure);
  }

  @Test
  void saysThatTheHandlersClassIsMissing() throws Exception {
    Path zip = TestProject.zip(directory.resolve("empty.zip"), List.of(LocalJournal.class));
    assertEquals(
        "Probe: "
            + zip
            + " has no class x.Y, which template.yaml names as its Handler: build it with mvn"
            + " package -DskipTests.",
        failure(settings(zip, "x.Y", Map.of())));
  }

  @Test
  void saysThatTheClassIsNotAHandler() throws Exception {
    Path zip = TestProject.zip(directory.resolve("none.zip"), List.of(LocalJournal.class));
    assertEquals(
        "Probe: com.natifico.postback.local.LocalJournal is neither a RequestHandler nor a"
            + " RequestStreamHandler.",
        failure(settings(zip, LocalJournal.class.getName(), Map.of())));
  }

  @Test
  void saysWhyTheHandlerRefusesToStart() throws Exception {
    Path zip =
        TestProject.zip(
            directory.resolve("probe.zip"), List.of(ProbeHandler.class, LocalJournal.class));
    assertEquals(
        "Probe does not start: java.lang.IllegalStateException: REFUSE is set",
        failure(settings(zip, ProbeHandler.class.getName(), Map.of("REFUSE", "yes"))));
  }
}
