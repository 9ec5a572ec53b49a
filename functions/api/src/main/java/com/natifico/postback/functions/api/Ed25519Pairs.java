package com.natifico.postback.functions.api;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.NamedParameterSpec;
import java.util.random.RandomGenerator;

/** Makes pairs of keys of Ed25519. */
final class Ed25519Pairs {
  private Ed25519Pairs() {}

  /**
   * @param random must be cryptographically strong
   */
  static KeyPair next(RandomGenerator random) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
      generator.initialize(NamedParameterSpec.ED25519, new Bytes(random));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The platform takes the bytes of a private key from here. */
  private static final class Bytes extends SecureRandom {
    private static final long serialVersionUID = 1;

    private final transient RandomGenerator random;

    Bytes(RandomGenerator random) {
      this.random = random;
    }

    @Override
    public void nextBytes(byte[] bytes) {
      random.nextBytes(bytes);
    }
  }
}
