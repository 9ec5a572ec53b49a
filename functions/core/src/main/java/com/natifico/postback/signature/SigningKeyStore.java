package com.natifico.postback.signature;

import com.natifico.postback.postback.SecretWrites;

/** The network's signing keys: the public parts here, the private ones among the secrets. */
public interface SigningKeyStore {
  /** The public parts, read consistently; {@link SigningKeys#NONE} if there has been no key. */
  SigningKeys find();

  /**
   * Replaces the public parts.
   *
   * @param changed its version is that of the stored ones plus 1
   * @param secrets is stored under {@link SigningKeys#SECRETS} if and only if {@code changed} is
   * @return false if another version is stored
   */
  boolean replace(SigningKeys changed, SecretWrites secrets);
}
