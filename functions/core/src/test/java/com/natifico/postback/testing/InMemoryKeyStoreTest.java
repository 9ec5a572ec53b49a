package com.natifico.postback.testing;

import com.natifico.postback.access.KeyStore;

final class InMemoryKeyStoreTest extends KeyStoreContract {
  @Override
  protected KeyStore store() {
    return new InMemoryKeyStore();
  }
}
