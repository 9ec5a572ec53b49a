package com.natifico.postback;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.random.RandomGenerator;

/**
 * The format of ids: {@code [A-Za-z0-9_.-]{1,64}} for ids from clients, and lower-case Crockford
 * base 32 for our own, whose alphabetical order is the order of the encoded numbers.
 */
public final class Ids {
  private static final String DIGITS = "0123456789abcdefghjkmnpqrstvwxyz";

  /** The number of complete digits in 64 bits. */
  private static final int DIGITS_OF_A_LONG = 12;

  private Ids() {}

  /** Whether this is a valid id of the HTTP contract. */
  public static boolean isValid(String id) {
    if (id.isEmpty() || id.length() > 64) {
      return false;
    }
    for (int i = 0; i < id.length(); i++) {
      char c = id.charAt(i);
      boolean allowed =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || c == '_'
              || c == '.'
              || c == '-';
      if (!allowed) {
        return false;
      }
    }
    return true;
  }

  /** The number in base 32 with exactly this many digits; the lowest ones if it has more. */
  public static String encode(long number, int digits) {
    char[] text = new char[digits];
    for (int i = digits - 1; i >= 0; i--) {
      text[i] = DIGITS.charAt((int) (number & 31));
      number >>>= 5;
    }
    return new String(text);
  }

  /**
   * The number that {@link #encode} wrote.
   *
   * @throws IllegalArgumentException if a character is not a digit
   */
  public static long decode(String text) {
    long number = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = DIGITS.indexOf(text.charAt(i));
      if (digit < 0) {
        throw new IllegalArgumentException("not a base 32 digit: " + text.charAt(i));
      }
      number = number << 5 | digit;
    }
    return number;
  }

  /** A digest of the parts in base 32; parts are separated, so ("a","b") differs from ("ab",""). */
  public static String digest(int digits, String... parts) {
    MessageDigest sha256 = sha256();
    for (String part : parts) {
      byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
      sha256.update(Integer.toString(bytes.length).getBytes(StandardCharsets.US_ASCII));
      sha256.update((byte) ':');
      sha256.update(bytes);
    }
    byte[] number = sha256.digest();
    StringBuilder text = new StringBuilder(digits);
    for (int i = 0; i < digits; i++) {
      text.append(DIGITS.charAt(fiveBits(number, 5 * i)));
    }
    return text.toString();
  }

  /**
   * The five bits that start this many bits above the lowest bit of a number in big-endian bytes.
   */
  private static int fiveBits(byte[] number, int above) {
    int at = number.length - 1 - above / 8;
    int twoBytes = (number[at] & 0xFF) | (at == 0 ? 0 : (number[at - 1] & 0xFF) << 8);
    return twoBytes >>> above % 8 & 31;
  }

  /** Random digits, 5 bits each. */
  public static String random(RandomGenerator random, int digits) {
    StringBuilder text = new StringBuilder(digits);
    while (text.length() < digits) {
      // One long at a time, because a secure source takes as long for one digit as for twelve.
      text.append(encode(random.nextLong(), Math.min(digits - text.length(), DIGITS_OF_A_LONG)));
    }
    return text.toString();
  }

  /** SHA-256, which every Java platform provides. */
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
