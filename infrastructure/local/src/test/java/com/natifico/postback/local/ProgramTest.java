package com.natifico.postback.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The output and the exit status of the process. */
class ProgramTest {
  @TempDir private Path root;

  private Process run(Map<String, String> environment) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:TieredStopAtLevel=1",
            "-classpath",
            System.getProperty("java.class.path"),
            LocalStack.class.getName(),
            TestProject.in(root).toString());
    builder.environment().put("PARAMETER_OVERRIDES", "Journal=none");
    builder.environment().put("DEMO", "false");
    builder.environment().putAll(environment);
    return builder.redirectErrorStream(true).start();
  }

  @Test
  void printsWhenItIsReadyAndExitsWithZeroWhenStopped() throws Exception {
    Process process = run(Map.of("PORT", "0"));
    try (BufferedReader out = process.inputReader()) {
      String line = String.valueOf(out.readLine());
      assertTrue(line.matches("ready http://localhost:[0-9]+"), line);
      // Process.destroy would close the output streams.
      process.toHandle().destroy();
      assertTrue(process.waitFor(20, TimeUnit.SECONDS), "it still runs");
      assertEquals(0, process.exitValue());
      assertEquals(null, out.readLine());
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void printsOneLineIfItCannotStart() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Process process = run(Map.of("PORT", String.valueOf(socket.getLocalPort())));
      try (BufferedReader out = process.inputReader()) {
        assertEquals(
            1, out.lines().filter(line -> line.contains("is taken: stop what uses it")).count());
        assertTrue(process.waitFor(20, TimeUnit.SECONDS), "it still runs");
        assertEquals(1, process.exitValue());
      } finally {
        process.destroyForcibly();
      }
    }
  }
}
