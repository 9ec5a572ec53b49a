package com.natifico.postback.testing;

import com.natifico.postback.postback.PostbackStore;

final class InMemoryPostbackStoreTest extends PostbackStoreContract {
  @Override
  protected PostbackStore store() {
    return new InMemoryPostbackStore();
  }

  @Override
  protected PostbackStore store(int limitPerAffiliate) {
    return new InMemoryPostbackStore(limitPerAffiliate);
  }
}
