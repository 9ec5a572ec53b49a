package com.natifico.postback.egress;

import java.net.IDN;
import java.util.Locale;

/** The host of a URL, read once, so that everybody acts on the same reading of it. */
public sealed interface Host {
  /** A literal address. */
  final class Address implements Host {
    private final byte[] bytes;

    private Address(byte[] bytes) {
      this.bytes = bytes;
    }

    /** 4 or 16 of them. */
    public byte[] bytes() {
      return bytes.clone();
    }

    /** As people write it, without brackets. */
    @Override
    public String toString() {
      return Addresses.text(bytes);
    }
  }

  /**
   * A name to be resolved.
   *
   * @param ascii in lower case, without a trailing dot, international names as {@code xn--}
   */
  record Name(String ascii) implements Host {
    /** Whether it means this very machine and is never asked of a resolver (RFC 6761). */
    public boolean isLocalhost() {
      return ascii.equals("localhost") || ascii.endsWith(".localhost");
    }
  }

  /** Nothing that could be connected to, or not in a spelling that everybody reads alike. */
  record Invalid(Refusal refusal) implements Host {}

  /**
   * Reads a host as it stands in a URL; never looks anything up.
   *
   * <p>IPv4 addresses are taken in their usual spelling alone. All the others (octal, hexadecimal,
   * fewer than four parts, full-width digits) are read differently by different parsers, so they
   * are no host; neither are percent-encoded hosts and zone ids.
   */
  static Host parse(String host) {
    if (host.startsWith("[") && host.endsWith("]")) {
      byte[] v6 = Addresses.v6(host.substring(1, host.length() - 1));
      return v6 == null
          ? invalid("There is no IPv6 address between the brackets of the host.")
          : new Address(v6);
    }
    byte[] v4 = Addresses.canonicalV4(host);
    return v4 == null ? name(host) : new Address(v4);
  }

  private static Host name(String host) {
    String ascii = ascii(host);
    if (ascii.endsWith(".")) {
      ascii = ascii.substring(0, ascii.length() - 1);
    }
    if (!isName(ascii)) {
      return invalid(
          "The host is neither a name nor an address; it takes letters, digits, hyphens and dots.");
    }
    // No top-level domain begins with a digit (RFC 1123, 2.1), so whatever does is meant as an
    // address, by somebody's rules, who may know 0b and other prefixes that inet_aton does not.
    char first = ascii.charAt(ascii.lastIndexOf('.') + 1);
    if (first < '0' || first > '9') {
      return new Name(ascii);
    }
    byte[] address = Addresses.posixV4(ascii);
    return address == null
        ? invalid("The host ends in a number, as no name does, but it is no IPv4 address.")
        : new Invalid(oddSpelling(address));
  }

  private static Refusal oddSpelling(byte[] address) {
    SpecialRanges.Special special = SpecialRanges.of(address);
    String usual = Addresses.text(address);
    return special == null
        ? Refusal.invalidHost("The host is an unusual spelling of an address; write " + usual + ".")
        : Refusal.forbiddenAddress(
            "The host is an unusual spelling of "
                + usual
                + ", which is not on the public internet ("
                + special.name()
                + ").");
  }

  private static Invalid invalid(String message) {
    return new Invalid(Refusal.invalidHost(message));
  }

  /** In lower case and converted by IDNA; as it came if it cannot be converted. */
  private static String ascii(String host) {
    if (host.length() > 254) {
      return "";
    }
    try {
      return IDN.toASCII(host).toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private static boolean isName(String ascii) {
    if (ascii.isEmpty() || ascii.length() > 253) {
      return false;
    }
    for (String label : ascii.split("\\.", -1)) {
      if (label.isEmpty() || label.length() > 63 || label.startsWith("-") || label.endsWith("-")) {
        return false;
      }
      for (int i = 0; i < label.length(); i++) {
        char c = label.charAt(i);
        boolean allowed = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
        if (!allowed) {
          return false;
        }
      }
    }
    return true;
  }
}
