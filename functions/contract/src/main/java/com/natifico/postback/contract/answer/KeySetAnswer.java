package com.natifico.postback.contract.answer;

import com.natifico.postback.signature.SigningKey;
import java.util.List;

/** The network's public keys as a set of JSON Web Keys (RFC 7517, section 5). */
public record KeySetAnswer(List<PublicKeyAnswer> keys) {

  /** A key of Ed25519 (RFC 8037, section 2). */
  public record PublicKeyAnswer(
      String kty, String crv, String alg, String use, String kid, String x) {}

  public static KeySetAnswer of(List<SigningKey> keys) {
    return new KeySetAnswer(
        keys.stream()
            .map(
                key ->
                    new PublicKeyAnswer(
                        "OKP", "Ed25519", "EdDSA", "sig", key.kid(), key.publicKey()))
            .toList());
  }
}
