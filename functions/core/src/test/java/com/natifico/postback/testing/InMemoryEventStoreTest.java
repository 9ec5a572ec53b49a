package com.natifico.postback.testing;

import com.natifico.postback.conversion.EventStore;

final class InMemoryEventStoreTest extends EventStoreContract {
  @Override
  protected EventStore store() {
    return new InMemoryEventStore();
  }
}
