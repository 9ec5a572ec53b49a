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
    // No top-level domain is a number, so whatever ends in one is meant as an address (WHATWG URL).
    if (!endsInNumber(ascii)) {
      return new Name(ascii);
    }
    byte[] address = Addresses.posixV4(ascii);
    return address == null
        ? invalid("The host ends in a number but is no IPv4 address.")
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

  /**
   * Also in what inet_aton does not read: strtoul, which it is often made of, knows 0b since C23.
   */
  private static boolean endsInNumber(String ascii) {
    String last = ascii.substring(ascii.lastIndexOf('.') + 1);
    int radix =
        switch (last.length() < 2 ? "" : last.substring(0, 2)) {
          case "0x" -> 16;
          case "0o" -> 8;
          case "0b" -> 2;
          default -> 10;
        };
    return last.chars()
        .skip(radix == 10 ? 0 : 2)
        .allMatch(character -> Character.digit(character, radix) >= 0);
  }
}
