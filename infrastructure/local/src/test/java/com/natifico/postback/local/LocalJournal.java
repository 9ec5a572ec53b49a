package com.natifico.postback.local;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Passes lines from handlers to the test that started them. Handlers have their own class loaders
 * and share only the Java platform with a test.
 */
public final class LocalJournal {
  private LocalJournal() {}

  /** The lines written under this name; the first call creates the queue. */
  @SuppressWarnings("unchecked")
  public static BlockingQueue<String> of(String name) {
    return (BlockingQueue<String>)
        System.getProperties()
            .computeIfAbsent("journal." + name, _ -> new LinkedBlockingQueue<String>());
  }
}
