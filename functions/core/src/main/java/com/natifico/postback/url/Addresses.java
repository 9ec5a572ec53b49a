package com.natifico.postback.url;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** IP addresses as bytes, 4 or 16 of them, read by the JDK and never looked up. */
public final class Addresses {
  private Addresses() {}

  /**
   * An IPv4 address in the canonical spelling: four decimal numbers without leading zeros. Null for
   * every other text.
   */
  public static byte @Nullable [] canonicalV4(String text) {
    try {
      InetAddress address = Inet4Address.ofLiteral(text);
      return address.getHostAddress().equals(text) ? address.getAddress() : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /**
   * An IPv4 address as C's inet_aton parses it: octal and hexadecimal parts, and fewer than four of
   * them. Null for every other text.
   */
  public static byte @Nullable [] posixV4(String text) {
    try {
      return Inet4Address.ofPosixLiteral(text).getAddress();
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** An IPv6 address without brackets and zone; always 16 bytes. Null for every other text. */
  public static byte @Nullable [] v6(String text) {
    if (text.indexOf(':') < 0 || text.indexOf('%') >= 0 || text.indexOf('[') >= 0) {
      return null;
    }
    try {
      byte[] address = InetAddress.ofLiteral(text).getAddress();
      // The JDK returns the embedded address for an IPv4-mapped one.
      return address.length == 4 ? mapped(address) : address;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static byte[] mapped(byte[] v4) {
    byte[] address = new byte[16];
    address[10] = (byte) 0xff;
    address[11] = (byte) 0xff;
    System.arraycopy(v4, 0, address, 12, 4);
    return address;
  }

  /** As people write it. */
  public static String text(byte[] address) {
    try {
      boolean mapped = address.length == 16 && Arrays.equals(mapped(tail(address)), address);
      String text = InetAddress.getByAddress(address).getHostAddress();
      return mapped ? "::ffff:" + text : text;
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("an address has 4 or 16 bytes", e);
    }
  }

  private static byte[] tail(byte[] address) {
    return Arrays.copyOfRange(address, address.length - 4, address.length);
  }
}
