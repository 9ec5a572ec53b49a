package com.natifico.postback.testing;

import com.natifico.postback.postback.NeededSecrets;
import com.natifico.postback.postback.PostbackKey;
import com.natifico.postback.postback.SecretReader;
import com.natifico.postback.postback.SecretWrites;
import com.natifico.postback.postback.Secrets;
import com.natifico.postback.signature.SigningKeyStore;
import com.natifico.postback.signature.SigningKeys;

/** Thread-safe. */
public final class InMemorySigningKeyStore implements SigningKeyStore, SecretReader {
  private SigningKeys keys = SigningKeys.NONE;
  private Secrets secrets = Secrets.NONE;

  @Override
  public synchronized SigningKeys find() {
    return keys;
  }

  @Override
  public synchronized boolean replace(SigningKeys changed, SecretWrites writes) {
    if (changed.version() != keys.version() + 1) {
      return false;
    }
    keys = changed;
    secrets = writes.applyTo(secrets);
    return true;
  }

  @Override
  public synchronized Secrets find(PostbackKey key, NeededSecrets needed) {
    return key.equals(SigningKeys.SECRETS) ? secrets : Secrets.NONE;
  }

  /** Reads the private keys here and everything else there. */
  public SecretReader with(SecretReader others) {
    return (key, needed) ->
        key.equals(SigningKeys.SECRETS) ? find(key, needed) : others.find(key, needed);
  }
}
