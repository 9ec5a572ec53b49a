package com.natifico.postback.testing;

import com.natifico.postback.push.PushLog;

final class InMemoryPushLogTest extends PushLogContract {
  private final PushLog log = new InMemoryPushLog();

  @Override
  protected PushLog log() {
    return log;
  }
}
