package com.natifico.postback.postback;

/**
 * What the API must know of a secret, which it cannot read: where it may be used.
 *
 * @param length in characters
 * @param fitsHeader whether it has only visible ASCII characters, with blanks in between
 */
public record SecretShape(int length, boolean fitsHeader) {
  public static SecretShape of(String secret) {
    return new SecretShape(secret.length(), RequestHeaders.isVisible(secret));
  }
}
