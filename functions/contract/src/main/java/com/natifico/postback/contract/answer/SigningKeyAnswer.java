package com.natifico.postback.contract.answer;

import com.natifico.postback.signature.SigningKey;
import java.time.Instant;

/**
 * A signing key of the network as an admin sees it.
 *
 * @param signsFrom when it begins to sign
 */
public record SigningKeyAnswer(String kid, Instant signsFrom) {
  public static SigningKeyAnswer of(SigningKey key) {
    return new SigningKeyAnswer(key.kid(), key.signsFrom());
  }
}
