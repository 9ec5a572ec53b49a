package com.natifico.postback.endtoend.kills;

import com.natifico.postback.local.LocalStack;
import com.natifico.postback.local.engine.FreePort;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The local stack as a separate process that can be killed and restarted. */
final class StackProcess implements AutoCloseable {
  private static final String READY = "ready ";
  private static final int SECONDS_TO_START = 180;

  private final ProcessBuilder builder;
  private final URI dynamoDb;
  private Process process;
  private volatile CompletableFuture<URI> serving;

  private StackProcess(ProcessBuilder builder, URI dynamoDb) {
    this.builder = builder;
    this.dynamoDb = dynamoDb;
    this.serving = new CompletableFuture<>();
    this.process = started();
  }

  /** Starts the process; its error output goes to {@code stack.log} in the data directory. */
  static StackProcess start(Path root, Path directory, String parameters) {
    int dynamoDbPort = FreePort.find();
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:TieredStopAtLevel=1",
            "-Xmx2g",
            "-classpath",
            System.getProperty("java.class.path"),
            LocalStack.class.getName(),
            "--end-with-parent",
            root.toString());
    builder
        .environment()
        .putAll(
            Map.of(
                "PORT",
                "0",
                "DEMO",
                "false",
                "DYNAMODB_PORT",
                String.valueOf(dynamoDbPort),
                "DATA_DIR",
                directory.resolve("data").toString(),
                "PARAMETER_OVERRIDES",
                parameters));
    builder.redirectError(
        ProcessBuilder.Redirect.appendTo(directory.resolve("stack.log").toFile()));
    return new StackProcess(builder, URI.create("http://127.0.0.1:" + dynamoDbPort));
  }

  private Process started() {
    try {
      Process started = builder.start();
      CompletableFuture<URI> ready = serving;
      Thread.ofVirtual().start(() -> read(started, ready));
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Continues to read after the expected line, so that the process never blocks on its output. */
  private static void read(Process process, CompletableFuture<URI> ready) {
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(READY)) {
          ready.complete(URI.create(line.substring(READY.length())));
        }
      }
      ready.completeExceptionally(new IllegalStateException("the local stack has ended"));
    } catch (IOException e) {
      ready.completeExceptionally(e);
    }
  }

  /** The API's URL; waits while the stack starts. */
  URI api() {
    return serving.orTimeout(SECONDS_TO_START, TimeUnit.SECONDS).join();
  }

  /** The endpoint of the tables. */
  URI dynamoDb() {
    return dynamoDb;
  }

  /** Kills the process with SIGKILL, and starts a new one on the same data. */
  synchronized void killAndRestart() {
    serving = new CompletableFuture<>();
    process.destroyForcibly().onExit().join();
    process = started();
  }

  @Override
  public synchronized void close() {
    process.destroyForcibly().onExit().join();
  }
}
