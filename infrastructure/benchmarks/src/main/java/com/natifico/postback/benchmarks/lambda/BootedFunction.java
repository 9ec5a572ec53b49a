package com.natifico.postback.benchmarks.lambda;

import com.natifico.postback.benchmarks.process.Child;
import com.natifico.postback.local.function.UnpackedZip;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * A package in a separate process, with the class path that Lambda uses: the runtime interface
 * client, then the package's {@code lib}. It contains no class of the benchmarks.
 */
public final class BootedFunction implements AutoCloseable {
  private static final String CLIENT = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";
  private static final List<String> RUNTIME =
      List.of(
          "aws-lambda-java-runtime-interface-client",
          "aws-lambda-java-core",
          "aws-lambda-java-serialization",
          "utils-lite");
  private static final String CLASSES = "classes.txt";
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final RuntimeApi api = new RuntimeApi();
  private final UnpackedZip unpacked;
  private final Path directory;
  private final Process process;
  private final long started;
  private final boolean snapStart;

  /**
   * How the process is run.
   *
   * @param prefix the prefix of the command, such as {@code taskset -c 1}
   * @param options the options of the JVM
   * @param snapStart whether a snapshot is taken after the initialisation
   */
  public record How(List<String> prefix, List<String> options, boolean snapStart) {
    /** The options of Lambda: C1 only unless there is a snapshot, and the serial collector. */
    public static How asOnLambda(boolean snapStart) {
      List<String> options = new ArrayList<>(List.of("-XX:+UseSerialGC", "-Xmx400m"));
      // Set as in the managed runtime, so that org.crac finds the hooks of the client.
      options.add("-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac");
      if (!snapStart) {
        options.add("-XX:TieredStopAtLevel=1");
      }
      return new How(List.of(), options, snapStart);
    }

    /**
     * With the heap of a function of this size: measured on Lambda, 315 MB of 384 MB.
     *
     * @param memoryMegabytes MemorySize in template.yaml
     */
    public How withHeap(int memoryMegabytes) {
      List<String> more = new ArrayList<>(options);
      more.add("-Xmx" + memoryMegabytes * 82 / 100 + "m");
      return new How(prefix, more, snapStart);
    }

    /** Logs each loaded class, for {@link #loadedClasses}. */
    public How listingClasses() {
      List<String> more = new ArrayList<>(options);
      more.add("-Xlog:class+load:file=" + CLASSES);
      return new How(prefix, more, snapStart);
    }

    /** On one core, if the machine has several and the taskset command. */
    public How onOneCore() {
      boolean can =
          Runtime.getRuntime().availableProcessors() > 1
              && Files.isExecutable(Path.of("/usr/bin/taskset"));
      return new How(can ? List.of("/usr/bin/taskset", "-c", "1") : List.of(), options, snapStart);
    }
  }

  /**
   * Starts the process; {@link #ready} waits until it is ready.
   *
   * @param handler the class that template.yaml names
   */
  public BootedFunction(Path zip, String handler, Map<String, String> environment, How how)
      throws IOException {
    unpacked = new UnpackedZip(zip);
    directory = unpacked.directory();
    snapStart = how.snapStart();
    List<String> command = new ArrayList<>(how.prefix());
    command.add(Child.java());
    command.addAll(how.options());
    command.addAll(List.of("-cp", runtime(), CLIENT, handler));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    // The client loads the package from its working directory, which is /var/task on Lambda.
    builder.directory(directory.toFile());
    builder.redirectOutput(directory.resolve("output.txt").toFile());
    Map<String, String> variables = builder.environment();
    variables.clear();
    variables.putAll(environment);
    variables.put("AWS_LAMBDA_RUNTIME_API", "127.0.0.1:" + api.port());
    variables.put("_HANDLER", handler);
    variables.put("LAMBDA_TASK_ROOT", directory.toString());
    variables.put("AWS_LAMBDA_FUNCTION_NAME", "f");
    variables.put("AWS_LAMBDA_FUNCTION_VERSION", "1");
    variables.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512");
    variables.put("AWS_LAMBDA_INITIALIZATION_TYPE", snapStart ? "snap-start" : "on-demand");
    variables.putIfAbsent("AWS_LAMBDA_LOG_FORMAT", "Text");
    variables.put("TZ", "UTC");
    started = System.nanoTime();
    process = builder.start();
  }

  private static String runtime() {
    List<String> jars =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .distinct()
            .filter(
                jar ->
                    RUNTIME.stream()
                        .anyMatch(name -> Path.of(jar).getFileName().toString().startsWith(name)))
            .toList();
    if (jars.size() != RUNTIME.size()) {
      throw new IllegalStateException("the runtime interface client is missing: " + jars);
    }
    return String.join(File.pathSeparator, jars);
  }

  /** Whether it waits at its snapshot when it is {@link #ready}. */
  public boolean isSnapStart() {
    return snapStart;
  }

  /** Milliseconds from the start of the process until it asked for its first event. */
  public double ready() {
    return (done(snapStart ? api.snapshot() : api.ready()) - started) / 1e6;
  }

  /** Milliseconds from the snapshot until it asks for its first event. */
  public double restore() {
    long before = System.nanoTime();
    api.restore();
    return (done(api.ready()) - before) / 1e6;
  }

  /**
   * A response, and how long it took.
   *
   * @param failed whether the runtime reported an error instead of a response
   */
  public record Timed(String body, boolean failed, double millis) {}

  public Timed invoke(String event) {
    long before = System.nanoTime();
    RuntimeApi.Result answer = done(api.invoke(event));
    return new Timed(answer.body(), answer.failed(), (answer.at() - before) / 1e6);
  }

  /** Processor time of the process so far, in milliseconds. */
  public double cpuMillis() throws IOException {
    try (Stream<Path> threads = Files.list(Path.of("/proc/" + process.pid() + "/task"))) {
      double nanos = 0;
      for (Path thread : threads.toList()) {
        nanos += Double.parseDouble(Files.readString(thread.resolve("schedstat")).split(" ")[0]);
      }
      return nanos / 1e6;
    }
  }

  /** The names of the classes that it loaded; it must have been {@link How#listingClasses}. */
  public List<String> loadedClasses() throws IOException {
    try (Stream<String> lines = Files.lines(directory.resolve(CLASSES))) {
      return lines
          .filter(line -> line.contains(" source: "))
          .map(line -> line.replaceFirst("^(?:\\[[^]]*])* *", "").replaceFirst(" .*", ""))
          .toList();
    }
  }

  /** The output of the process, including its logs. */
  public String output() {
    try {
      return Files.readString(directory.resolve("output.txt"));
    } catch (IOException e) {
      return "no output: " + e;
    }
  }

  private <T> T done(CompletableFuture<T> future) {
    try {
      CompletableFuture<Object> either = CompletableFuture.anyOf(future, process.onExit());
      either.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      if (!future.isDone()) {
        throw new IllegalStateException("the function ended; its output:\n" + output());
      }
      return future.get();
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the function failed; its output:\n" + output(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    process.onExit().join();
    api.close();
    unpacked.close();
  }
}
