package com.natifico.postback.url;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The host of a URL: what it means, however it is written. */
public sealed interface Host {
  /** As the Host header, SNI and certificates name it; an IPv6 address has no brackets. */
  String text();

  /**
   * A name to be resolved.
   *
   * @param ascii in lower case, without a trailing dot, international names as {@code xn--}
   */
  record Name(String ascii) implements Host {
    /** Whether it means this machine and is never sent to a resolver (RFC 6761, section 6.3). */
    public boolean isLocalhost() {
      return ascii.equals("localhost") || ascii.endsWith(".localhost");
    }

    @Override
    public String text() {
      return ascii;
    }
  }

  /** A literal address. */
  final class Address implements Host {
    private final byte[] bytes;
    private final boolean usual;

    Address(byte[] bytes, boolean usual) {
      this.bytes = bytes;
      this.usual = usual;
    }

    /** 4 or 16 of them. */
    public byte[] bytes() {
      return bytes.clone();
    }

    /**
     * Whether every parser reads the address as this one. An IPv4 address has one such spelling:
     * four decimal numbers without leading zeros.
     */
    public boolean isUsual() {
      return usual;
    }

    @Override
    public String text() {
      return Addresses.text(bytes);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Address address
          && usual == address.usual
          && Arrays.equals(bytes, address.bytes);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(bytes);
    }
  }
}
