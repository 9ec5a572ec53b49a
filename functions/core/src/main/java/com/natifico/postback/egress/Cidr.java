package com.natifico.postback.egress;

import com.natifico.postback.url.Addresses;
import org.jspecify.annotations.Nullable;

/** A range of addresses of one family: all addresses that start with the same bits. */
public final class Cidr {
  private final byte[] network;
  private final int prefix;

  private Cidr(byte[] network, int prefix) {
    this.network = network;
    this.prefix = prefix;
  }

  /**
   * Parses {@code address/prefix}, or a single address, which is a range of one.
   *
   * @throws IllegalArgumentException if the text is neither, or if bits after the prefix are set
   */
  public static Cidr parse(String text) {
    int slash = text.indexOf('/');
    byte[] network = address(slash < 0 ? text : text.substring(0, slash));
    if (network == null) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is not a range of addresses such as 10.1.0.0/16 or fd00:1::/32");
    }
    int bits = network.length * 8;
    int prefix = slash < 0 ? bits : prefix(text.substring(slash + 1));
    if (prefix < 0 || prefix > bits) {
      throw new IllegalArgumentException(
          "\"" + text + "\": the number after the slash must be from 0 to " + bits);
    }
    for (int bit = prefix; bit < bits; bit++) {
      if ((network[bit / 8] & (0x80 >>> (bit % 8))) != 0) {
        throw new IllegalArgumentException(
            "\"" + text + "\" is an address inside a range; write the range's first address");
      }
    }
    return new Cidr(network, prefix);
  }

  private static byte @Nullable [] address(String text) {
    byte[] v4 = Addresses.canonicalV4(text);
    return v4 == null ? Addresses.v6(text) : v4;
  }

  private static int prefix(String digits) {
    boolean number = !digits.isEmpty() && digits.length() <= 3;
    for (int i = 0; i < digits.length(); i++) {
      number &= digits.charAt(i) >= '0' && digits.charAt(i) <= '9';
    }
    return number ? Integer.parseInt(digits) : -1;
  }

  public boolean contains(byte[] address) {
    if (address.length != network.length) {
      return false;
    }
    int whole = prefix / 8;
    for (int i = 0; i < whole; i++) {
      if (address[i] != network[i]) {
        return false;
      }
    }
    int rest = prefix % 8;
    return rest == 0 || ((address[whole] ^ network[whole]) & 0xff) >>> (8 - rest) == 0;
  }

  /** Whether all of this range is within the other one. */
  boolean isWithin(Cidr other) {
    return prefix >= other.prefix && other.contains(network);
  }

  @Override
  public String toString() {
    return Addresses.text(network) + '/' + prefix;
  }
}
