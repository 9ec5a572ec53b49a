package com.natifico.postback.egress;

import java.util.ArrayList;
import java.util.List;

/** The IPv4 addresses inside IPv6 transition addresses. */
final class Embedded {
  private static final Cidr UNSPECIFIED_AND_LOOPBACK = Cidr.parse("::/127");
  private static final Cidr COMPATIBLE = Cidr.parse("::/96");
  private static final Cidr MAPPED = Cidr.parse("::ffff:0:0/96");
  private static final Cidr TRANSLATED = Cidr.parse("::ffff:0:0:0/96");
  private static final Cidr NAT64 = Cidr.parse("64:ff9b::/96");
  private static final Cidr LOCAL_NAT64 = Cidr.parse("64:ff9b:1::/48");
  private static final Cidr TEREDO = Cidr.parse("2001::/32");
  private static final Cidr SIX_TO_FOUR = Cidr.parse("2002::/16");

  private Embedded() {}

  /** Every IPv4 address that is embedded in this address under any of the formats; often none. */
  static List<byte[]> in(byte[] address) {
    List<byte[]> found = new ArrayList<>();
    if (address.length != 16 || UNSPECIFIED_AND_LOOPBACK.contains(address)) {
      return found;
    }
    if (COMPATIBLE.contains(address)
        || MAPPED.contains(address)
        || TRANSLATED.contains(address)
        || NAT64.contains(address)
        || SpecialRanges.isIsatap(address)) {
      found.add(pick(address, 12, 13, 14, 15));
    }
    if (LOCAL_NAT64.contains(address)) {
      // Prefixes of 48, 56, 64 and 96 bits; byte 8 is never part of it (RFC 6052, section 2.2).
      found.add(pick(address, 6, 7, 9, 10));
      found.add(pick(address, 7, 9, 10, 11));
      found.add(pick(address, 9, 10, 11, 12));
      found.add(pick(address, 12, 13, 14, 15));
    }
    if (SIX_TO_FOUR.contains(address)) {
      found.add(pick(address, 2, 3, 4, 5));
    }
    if (TEREDO.contains(address)) {
      found.add(pick(address, 4, 5, 6, 7));
      byte[] client = pick(address, 12, 13, 14, 15);
      for (int i = 0; i < client.length; i++) {
        client[i] ^= (byte) 0xff;
      }
      found.add(client);
    }
    return found;
  }

  private static byte[] pick(byte[] address, int a, int b, int c, int d) {
    return new byte[] {address[a], address[b], address[c], address[d]};
  }
}
