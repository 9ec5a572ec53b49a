package com.natifico.postback.testing;

import com.natifico.postback.notification.EventWindows;

final class InMemoryEventWindowsTest extends EventWindowsContract {
  private final EventWindows windows = new InMemoryEventWindows();

  @Override
  protected EventWindows windows() {
    return windows;
  }
}
