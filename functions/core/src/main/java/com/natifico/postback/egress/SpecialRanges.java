package com.natifico.postback.egress;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The addresses that are not ordinary global unicast.
 *
 * <p>Source: IANA's IPv4 and IPv6 Special-Purpose Address Registries, Multicast (RFC 5771, RFC
 * 4291), and IANA's IPv6 address space, of which only 2000::/3 is global unicast. The few registry
 * entries that are marked globally reachable (AS112, AMT, the PCP and TURN anycasts, ORCHIDv2) are
 * rejected as well: the nearest anycast node responds to them, or they identify no host at all.
 * Transition addresses are rejected regardless of the address that they embed.
 */
final class SpecialRanges {
  /**
   * @param guarded whether a wider range in the allow list does not permit it
   */
  record Special(Cidr range, String name, boolean guarded) {}

  /** The first range that contains an address applies. */
  private static final List<Special> TABLE =
      List.of(
          // On Linux a connection to the unspecified address reaches loopback.
          guarded("0.0.0.0/8", "this network, RFC 791"),
          special("10.0.0.0/8", "private use, RFC 1918"),
          special("100.64.0.0/10", "shared address space, RFC 6598"),
          guarded("127.0.0.0/8", "loopback, RFC 1122"),
          guarded("169.254.0.0/16", "link-local, RFC 3927"),
          special("172.16.0.0/12", "private use, RFC 1918"),
          special("192.0.0.0/24", "IETF protocol assignments, RFC 6890"),
          special("192.0.2.0/24", "documentation, RFC 5737"),
          special("192.31.196.0/24", "AS112, RFC 7535"),
          special("192.52.193.0/24", "AMT, RFC 7450"),
          special("192.88.99.0/24", "deprecated 6to4 relays, RFC 7526"),
          special("192.168.0.0/16", "private use, RFC 1918"),
          special("192.175.48.0/24", "AS112, RFC 7534"),
          special("198.18.0.0/15", "benchmarking, RFC 2544"),
          special("198.51.100.0/24", "documentation, RFC 5737"),
          special("203.0.113.0/24", "documentation, RFC 5737"),
          special("224.0.0.0/4", "multicast, RFC 5771"),
          special("255.255.255.255/32", "limited broadcast, RFC 8190"),
          special("240.0.0.0/4", "reserved, RFC 1112"),
          guarded("::/128", "unspecified, RFC 4291"),
          guarded("::1/128", "loopback, RFC 4291"),
          special("::/96", "IPv4-compatible, RFC 4291"),
          special("::ffff:0:0/96", "IPv4-mapped, RFC 4291"),
          special("::ffff:0:0:0/96", "IPv4-translated, RFC 2765"),
          special("64:ff9b::/96", "NAT64, RFC 6052"),
          special("64:ff9b:1::/48", "local NAT64, RFC 8215"),
          special("100::/64", "discard only, RFC 6666"),
          special("100:0:0:1::/64", "dummy prefix, RFC 9780"),
          special("2001::/32", "Teredo, RFC 4380"),
          special("2001:2::/48", "benchmarking, RFC 5180"),
          special("2001:10::/28", "deprecated ORCHID, RFC 4843"),
          special("2001:20::/28", "ORCHIDv2, RFC 7343"),
          special("2001:30::/28", "drone remote ids, RFC 9374"),
          special("2001::/23", "IETF protocol assignments, RFC 2928"),
          special("2001:db8::/32", "documentation, RFC 3849"),
          special("2002::/16", "6to4, RFC 3056"),
          special("2620:4f:8000::/48", "AS112, RFC 7534"),
          special("3ffe::/16", "the former 6bone, RFC 3701"),
          special("3fff::/20", "documentation, RFC 9637"),
          special("5f00::/16", "segment routing, RFC 9602"),
          // AWS offers its link-local services here as well.
          guarded("fd00:ec2::/32", "AWS instance services"),
          special("fc00::/7", "unique local, RFC 4193"),
          guarded("fe80::/10", "link-local, RFC 4291"),
          special("fec0::/10", "deprecated site-local, RFC 3879"),
          special("ff00::/8", "multicast, RFC 4291"));

  private static final Cidr IPV4 = Cidr.parse("0.0.0.0/0");
  private static final Cidr GLOBAL_UNICAST_V6 = Cidr.parse("2000::/3");
  private static final Special ISATAP = special("::/0", "ISATAP, RFC 5214");
  private static final Special OUTSIDE_GLOBAL_UNICAST =
      special("::/0", "outside IPv6 global unicast, RFC 4291");

  private SpecialRanges() {}

  private static Special special(String range, String name) {
    return new Special(Cidr.parse(range), name, false);
  }

  private static Special guarded(String range, String name) {
    return new Special(Cidr.parse(range), name, true);
  }

  /** The first special range of an address; null if it is ordinary global unicast. */
  static @Nullable Special of(byte[] address) {
    for (Special special : TABLE) {
      if (special.range().contains(address)) {
        return special;
      }
    }
    if (IPV4.contains(address)) {
      return null;
    }
    if (!GLOBAL_UNICAST_V6.contains(address)) {
      return OUTSIDE_GLOBAL_UNICAST;
    }
    return isIsatap(address) ? ISATAP : null;
  }

  /** Whether the interface identifier is ISATAP's, for any network (RFC 5214, section 6.1). */
  static boolean isIsatap(byte[] v6) {
    // The universal/local and the group bit may be set or not.
    return (v6[8] & 0xfc) == 0 && v6[9] == 0 && v6[10] == 0x5e && v6[11] == (byte) 0xfe;
  }
}
