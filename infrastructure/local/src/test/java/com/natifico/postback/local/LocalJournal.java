package com.natifico.postback.local;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * What handlers tell the test that started them. They live in class loaders of their own, so the
 * only thing they share with a test is the Java platform.
 */
public final class LocalJournal {
  private LocalJournal() {}

  /** The lines written under this name, by whoever asks first. */
  @SuppressWarnings("unchecked")
  public static BlockingQueue<String> of(String name) {
    return (BlockingQueue<String>)
        System.getProperties()
            .computeIfAbsent("journal." + name, _ -> new LinkedBlockingQueue<String>());
  }
}
