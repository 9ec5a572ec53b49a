package com.natifico.postback.testing;

import com.natifico.postback.postback.PaceStore;
import com.natifico.postback.postback.PostbackStore;

final class InMemoryPaceStoreTest extends PaceStoreContract {
  private final InMemoryPostbackStore store = new InMemoryPostbackStore();
  private final InMemoryPaceStore paces = new InMemoryPaceStore(store);

  @Override
  protected PostbackStore store() {
    return store;
  }

  @Override
  protected PaceStore paces() {
    return paces;
  }
}
