package com.natifico.postback.fuzzing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.natifico.postback.egress.EgressGuard;
import com.natifico.postback.url.HttpUrl;
import com.natifico.postback.url.InvalidUrlException;
import com.natifico.postback.url.UrlParts;
import inet.ipaddr.AddressStringParameters;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.IPAddressStringParameters;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Each input is the host of a URL. Other parsers read hosts leniently and differ from each other;
 * none of them may read a private address from a host that the guard allows.
 */
final class EgressHostileInputTest {
  private static final EgressGuard GUARD = EgressGuard.of(Map.of());

  /** Ranges that are not public according to the IANA registries, as input for the library. */
  private static final List<IPAddress> PRIVATE =
      List.of(
              "0.0.0.0/8",
              "10.0.0.0/8",
              "100.64.0.0/10",
              "127.0.0.0/8",
              "169.254.0.0/16",
              "172.16.0.0/12",
              "192.0.0.0/24",
              "192.0.2.0/24",
              "192.168.0.0/16",
              "198.18.0.0/15",
              "198.51.100.0/24",
              "203.0.113.0/24",
              "224.0.0.0/4",
              "240.0.0.0/4",
              "::/96",
              "::ffff:0:0/96",
              "64:ff9b::/96",
              "64:ff9b:1::/48",
              "100::/64",
              "2001::/32",
              "2001:db8::/32",
              "2002::/16",
              "3fff::/20",
              "5f00::/16",
              "fc00::/7",
              "fe80::/10",
              "ff00::/8")
          .stream()
          .map(range -> new IPAddressString(range).getAddress())
          .toList();

  /**
   * Turns off the library's own notations for ranges, masks and wildcards, which no other parser
   * reads as addresses.
   */
  private static final IPAddressStringParameters ONE_ADDRESS =
      new IPAddressStringParameters.Builder()
          .allowEmpty(false)
          .allowAll(false)
          .allowMask(false)
          .allowPrefix(false)
          .allowWildcardedSeparator(false)
          .setRangeOptions(AddressStringParameters.RangeParameters.NO_RANGE)
          .toParams();

  @FuzzTest(maxDuration = "2m")
  @DictionaryEntries({
    "127.0.0.1", "0x7f.1", "0177.0.0.1", "2130706433", "[::1]", "[::ffff:127.0.0.1]", "localhost",
    "169.254.169.254", "[64:ff9b::a9fe:a9fe]", "%31", "\u3002", "\uff11", "[fe80::1%25eth0]", "::"
  })
  void refusesEveryPrivateAddress(byte[] input) {
    if (input.length == 4 || input.length == 16) {
      letsNoPrivateAddressThrough(input);
    }
    String host = new String(input, StandardCharsets.UTF_8);
    boolean passes = passes("https", host, null);
    assertEquals(passes, passes("https", host, "443"));
    assertFalse(passes("https", host, "8443"), "another port");
    assertFalse(passes("ftp", host, null), "another scheme");
    if (!passes) {
      return;
    }
    refuse(host, library(host));
    refuse(host, posix(host));
    refuse(host, literal(host));
    String viaUri = hostOfUri(host);
    if (viaUri != null) {
      refuse(host, literal(viaUri));
    }
  }

  private static boolean passes(String scheme, String host, @Nullable String port) {
    try {
      HttpUrl url = HttpUrl.of(new UrlParts(scheme, null, host, port, "/"));
      return GUARD.vet(url.endpoint()) == null;
    } catch (InvalidUrlException e) {
      return false;
    }
  }

  private static void letsNoPrivateAddressThrough(byte[] address) {
    if (GUARD.vetAddress(address, 443) == null) {
      try {
        InetAddress read = InetAddress.getByAddress(address);
        refuse(read.toString(), new IPAddressString(read.getHostAddress()).getAddress());
        assertFalse(
            read.isAnyLocalAddress()
                || read.isLoopbackAddress()
                || read.isLinkLocalAddress()
                || read.isSiteLocalAddress()
                || read.isMulticastAddress(),
            read::toString);
      } catch (UnknownHostException e) {
        throw new AssertionError(e);
      }
    }
  }

  private static void refuse(String host, @Nullable IPAddress address) {
    if (address != null) {
      assertFalse(
          PRIVATE.stream().anyMatch(range -> range.contains(address.withoutPrefixLength())),
          () -> "'" + host + "' passes and is " + address);
    }
  }

  /** Accepts octal, hexadecimal and joined parts, as inet_aton does. */
  private static @Nullable IPAddress library(String host) {
    return new IPAddressString(unbracketed(host), ONE_ADDRESS).getAddress();
  }

  /** Does not resolve host names. */
  private static @Nullable IPAddress posix(String host) {
    try {
      return new IPAddressString(Inet4Address.ofPosixLiteral(unbracketed(host)).getHostAddress())
          .getAddress();
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static @Nullable IPAddress literal(String host) {
    try {
      return new IPAddressString(InetAddress.ofLiteral(unbracketed(host)).getHostAddress())
          .getAddress();
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static @Nullable String hostOfUri(String host) {
    try {
      return URI.create("https://" + host + "/").getHost();
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static String unbracketed(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }
}
