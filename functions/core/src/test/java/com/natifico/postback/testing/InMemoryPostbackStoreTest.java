package com.natifico.postback.testing;

import com.natifico.postback.postback.PostbackStore;
import com.natifico.postback.postback.SecretReader;

final class InMemoryPostbackStoreTest extends PostbackStoreContract {
  @Override
  protected PostbackStore store() {
    return new InMemoryPostbackStore();
  }

  @Override
  protected PostbackStore store(int limitPerAffiliate) {
    return new InMemoryPostbackStore(limitPerAffiliate);
  }

  @Override
  protected SecretReader secrets(PostbackStore store) {
    return (InMemoryPostbackStore) store;
  }
}
