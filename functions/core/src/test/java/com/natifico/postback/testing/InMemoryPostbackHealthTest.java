package com.natifico.postback.testing;

import com.natifico.postback.postback.PostbackHealth;
import com.natifico.postback.postback.PostbackStore;

final class InMemoryPostbackHealthTest extends PostbackHealthContract {
  private final InMemoryPostbackStore store = new InMemoryPostbackStore();
  private final InMemoryPostbackHealth health = new InMemoryPostbackHealth(store);

  @Override
  protected PostbackStore store() {
    return store;
  }

  @Override
  protected PostbackHealth health() {
    return health;
  }
}
