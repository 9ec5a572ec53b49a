package com.natifico.postback.testing;

final class InMemorySigningKeyStoreTest extends SigningKeyStoreContract {
  @Override
  protected Opened open() {
    InMemorySigningKeyStore store = new InMemorySigningKeyStore();
    return new Opened(store, store);
  }
}
