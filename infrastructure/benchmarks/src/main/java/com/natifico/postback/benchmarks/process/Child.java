package com.natifico.postback.benchmarks.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A Java program in a child process, which ends with this process. */
public final class Child implements AutoCloseable {
  private final Process process;
  private final String firstLine;

  private Child(Process process, String firstLine) {
    this.process = process;
    this.firstLine = firstLine;
  }

  /** Starts a main class with this process's class path and waits for its first line. */
  public static Child start(Class<?> main, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(java());
    command.addAll(List.of("-XX:+UseSerialGC", "-Xmx512m"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    BufferedReader out =
        new BufferedReader(
            new java.io.InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = out.readLine();
    if (line == null) {
      throw new IOException(main.getName() + " did not start");
    }
    return new Child(process, line);
  }

  public static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** The ports that the child printed when it was ready. */
  public List<Integer> ports() {
    return java.util.Arrays.stream(firstLine.split(" ")).map(Integer::valueOf).toList();
  }

  /**
   * For a child's main method: prints that it is ready, then runs until its parent closes its
   * standard input.
   */
  public static void serve(Integer... ports) throws IOException {
    System.out.println(
        String.join(" ", java.util.Arrays.stream(ports).map(String::valueOf).toList()));
    System.out.flush();
    while (System.in.read() >= 0) {
      // Ignores all input.
    }
    Runtime.getRuntime().halt(0);
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().completeOnTimeout(process, 5, TimeUnit.SECONDS).join();
  }
}
