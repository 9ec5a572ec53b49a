package com.natifico.postback.local;

import com.natifico.postback.local.demo.Demo;
import com.natifico.postback.local.demo.DemoTracker;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/** The local stack as a separate process. */
final class Program {
  private final AtomicReference<AutoCloseable> running = new AtomicReference<>();

  /** Serves until the process is stopped, or returns the exit status of a failed start. */
  int run(Path root, Map<String, String> environment) {
    Runtime.getRuntime().addShutdownHook(new Thread(this::stop));
    try {
      Settings switches = Settings.of(root, environment);
      Settings settings = switches.demo() ? switches.allowing(DemoTracker.ADDRESS) : switches;
      LocalStack stack = new LocalStack(root, settings);
      running.set(stack);
      System.out.println("ready http://localhost:" + stack.port());
      if (settings.demo()) {
        int trackerPort = settings.port() == 0 || settings.port() == 65_535 ? 0 : stack.port() + 1;
        URI api = URI.create("http://localhost:" + stack.port());
        new Demo(trackerPort, System.out).play(api);
      }
      new CountDownLatch(1).await();
    } catch (StartFailure e) {
      System.err.println(e.getMessage());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    return 1;
  }

  /** Halting inside the hook makes the exit status of a requested stop 0, not 128 + the signal. */
  private void stop() {
    AutoCloseable stack = running.get();
    try {
      if (stack != null) {
        stack.close();
      }
    } catch (Exception e) {
      System.err.println("While stopping: " + e);
    }
    Runtime.getRuntime().halt(0);
  }

  /**
   * Ends this process when its parent ends, because Maven does not forward SIGTERM to its children.
   */
  static void endWithParent() {
    ProcessHandle.current().parent().ifPresent(Program::endWith);
  }

  private static void endWith(ProcessHandle other) {
    Thread.ofPlatform()
        .daemon()
        .name("parent")
        .start(
            () -> {
              other.onExit().join();
              System.exit(0);
            });
  }
}
