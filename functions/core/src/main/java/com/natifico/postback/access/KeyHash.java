package com.natifico.postback.access;

import com.natifico.postback.Ids;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * The SHA-256 of a key, the only form that is stored or compared.
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record KeyHash(String hex) {
  private static final int LENGTH = 64;
  private static final int ID_DIGITS = 16;

  /**
   * @throws IllegalArgumentException if the text is not such a hash; the message does not repeat it
   */
  public KeyHash {
    boolean digits = hex.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
    if (hex.length() != LENGTH || !digits) {
      throw new IllegalArgumentException("not a SHA-256 in 64 lower-case hexadecimal digits");
    }
  }

  public static KeyHash of(String key) {
    return new KeyHash(
        HexFormat.of().formatHex(Ids.sha256().digest(key.getBytes(StandardCharsets.UTF_8))));
  }

  /** The id of the key's row; 64 bits of the hash, which reveal nothing about the key. */
  public String keyId() {
    return "k" + hex.substring(0, ID_DIGITS);
  }

  /** Compares in constant time. */
  public boolean matches(String otherHex) {
    return MessageDigest.isEqual(
        hex.getBytes(StandardCharsets.US_ASCII), otherHex.getBytes(StandardCharsets.UTF_8));
  }
}
