package com.natifico.postback.egress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.natifico.postback.url.Addresses;
import com.natifico.postback.url.Host;
import com.natifico.postback.url.HttpUrl;
import com.natifico.postback.url.InvalidUrlException;
import com.natifico.postback.url.UrlParts;
import inet.ipaddr.IPAddressString;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

class EgressGuardPropertiesTest {
  private static final EgressGuard STRICT = EgressGuard.of(Map.of());

  /** Permits everything that a wide range can permit. */
  private static final EgressGuard WIDE =
      EgressGuard.of(Map.of("EGRESS_ALLOW", "::/0", "EGRESS_PORTS", "80,443"));

  @Property
  void rejectsEveryAddressThatEmbedsAPrivateOne(
      @ForAll("privateAddresses") byte[] v4, @ForAll @Size(16) byte[] noise) {
    for (byte[] embedding : embeddings(v4, noise)) {
      assertNotNull(STRICT.vetAddress(embedding, 443), () -> Addresses.text(embedding));
    }
  }

  @Property
  void permitsNoEmbeddedPrivateAddressByAnIpv6Range(
      @ForAll("privateAddresses") byte[] v4, @ForAll @Size(16) byte[] noise) {
    for (byte[] embedding : embeddings(v4, noise)) {
      assertNotNull(WIDE.vetAddress(embedding, 443), () -> Addresses.text(embedding));
    }
  }

  @Property
  void rejectsEverySpellingOfAPrivateAddress(
      @ForAll("privateAddresses") byte[] v4,
      @ForAll @Size(4) List<@IntRange(max = 2) Integer> bases,
      @ForAll @IntRange(min = 1, max = 4) int parts,
      @ForAll boolean trailingDot) {
    long number = 0;
    for (byte b : v4) {
      number = (number << 8) | (b & 0xff);
    }
    List<String> spelled = new ArrayList<>();
    for (int i = 0; i < parts; i++) {
      int bits = i < parts - 1 ? 8 : 8 * (5 - parts);
      long part = (number >>> (8 * (3 - i))) & 0xff;
      if (i == parts - 1) {
        part = number & ((1L << bits) - 1);
      }
      spelled.add(
          switch (bases.get(i)) {
            case 0 -> Long.toString(part);
            case 1 -> "0" + Long.toOctalString(part);
            default -> "0x" + Long.toHexString(part);
          });
    }
    String host = String.join(".", spelled) + (trailingDot ? "." : "");

    assertFalse(passes("http", host, null), host);
  }

  @Property
  void throwsNothingElse(@ForAll String scheme, @ForAll String host, @ForAll String port) {
    passes(scheme, host, port);
    passes("http", host, port);
    passes("https", "[" + host + "]", null);
  }

  @Property
  void throwsNothingElseOnWhatLooksLikeAHost(@ForAll("almostHosts") String host) {
    passes("http", host, null);
    if (host(host) instanceof Host.Name(String ascii)) {
      assertTrue(ascii.matches("[a-z0-9_.-]{1,253}"), ascii);
      assertEquals(new Host.Name(ascii), host(ascii));
    }
  }

  private static boolean passes(String scheme, String host, @Nullable String port) {
    try {
      HttpUrl url = HttpUrl.of(new UrlParts(scheme, null, host, port, "/"));
      return STRICT.vet(url.endpoint()) == null;
    } catch (InvalidUrlException e) {
      return false;
    }
  }

  private static @Nullable Host host(String host) {
    try {
      return HttpUrl.of(new UrlParts("http", null, host, null, "/")).endpoint().host();
    } catch (InvalidUrlException e) {
      return null;
    }
  }

  @Property
  void ipv4RangesAgreeWithALibrary(
      @ForAll @Size(4) byte[] network,
      @ForAll @IntRange(max = 32) int prefix,
      @ForAll @Size(4) byte[] address,
      @ForAll @IntRange(max = 32) int shared) {
    byte[] masked = copyBits(network, new byte[4], prefix);
    byte[] near = copyBits(network, address, shared);
    String range = Addresses.text(masked) + "/" + prefix;

    assertEquals(
        new IPAddressString(range).contains(new IPAddressString(Addresses.text(near))),
        Cidr.parse(range).contains(near));
  }

  @Property
  void ipv6RangesAgreeWithALibrary(
      @ForAll @Size(16) byte[] network,
      @ForAll @IntRange(max = 128) int prefix,
      @ForAll @Size(16) byte[] address,
      @ForAll @IntRange(max = 128) int shared) {
    byte[] masked = copyBits(network, new byte[16], prefix);
    byte[] near = copyBits(network, address, shared);
    String range = Addresses.text(masked) + "/" + prefix;

    assertEquals(
        new IPAddressString(range).contains(new IPAddressString(Addresses.text(near))),
        Cidr.parse(range).contains(near));
  }

  /** The first bits of one address, the rest of the other. */
  private static byte[] copyBits(byte[] from, byte[] onto, int bits) {
    byte[] result = onto.clone();
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >>> (bit % 8);
      result[bit / 8] = (byte) ((result[bit / 8] & ~mask) | (from[bit / 8] & mask));
    }
    return result;
  }

  @Provide
  Arbitrary<byte[]> privateAddresses() {
    Arbitrary<byte[]> range =
        Arbitraries.of(
            new byte[] {10},
            new byte[] {127},
            new byte[] {(byte) 192, (byte) 168},
            new byte[] {(byte) 172, 16},
            new byte[] {(byte) 169, (byte) 254},
            new byte[] {100, 64},
            new byte[] {0});
    return Combinators.combine(range, Arbitraries.bytes().array(byte[].class).ofSize(4))
        .as(
            (first, rest) -> {
              byte[] address = rest.clone();
              System.arraycopy(first, 0, address, 0, first.length);
              return address;
            });
  }

  @Provide
  Arbitrary<String> almostHosts() {
    return Arbitraries.strings()
        .withChars("0123456789abcdefx.:[]%-_@/ １０。ßü\u200d\ufffd\u0000")
        .ofMaxLength(40);
  }

  /** RFC 4291, 2765, 6052, 8215, 3056, 4380 and 5214. */
  private static List<byte[]> embeddings(byte[] v4, byte[] noise) {
    List<byte[]> all = new ArrayList<>();
    all.add(place("00000000000000000000ffff", v4, 12));
    all.add(place("0000000000000000ffff0000", v4, 12));
    all.add(place("0064ff9b0000000000000000", v4, 12));
    all.add(place("0064ff9b0001000000000000", v4, 12));
    byte[] local48 = place("0064ff9b0001", new byte[0], 6);
    local48[6] = v4[0];
    local48[7] = v4[1];
    local48[9] = v4[2];
    local48[10] = v4[3];
    all.add(local48);
    if (v4[0] != 0 || v4[1] != 0 || v4[2] != 0) {
      all.add(place("000000000000000000000000", v4, 12));
    }
    byte[] sixToFour = noise.clone();
    sixToFour[0] = 0x20;
    sixToFour[1] = 0x02;
    System.arraycopy(v4, 0, sixToFour, 2, 4);
    all.add(sixToFour);
    byte[] teredo = noise.clone();
    System.arraycopy(new byte[] {0x20, 0x01, 0, 0}, 0, teredo, 0, 4);
    for (int i = 0; i < 4; i++) {
      teredo[12 + i] = (byte) ~v4[i];
    }
    all.add(teredo);
    for (byte first : new byte[] {0, 2}) {
      byte[] isatap = noise.clone();
      // In ordinary global unicast space, so that only ISATAP makes it special.
      isatap[0] = 0x2a;
      System.arraycopy(new byte[] {first, 0, 0x5e, (byte) 0xfe}, 0, isatap, 8, 4);
      System.arraycopy(v4, 0, isatap, 12, 4);
      all.add(isatap);
    }
    return all;
  }

  private static byte[] place(String prefixHex, byte[] v4, int at) {
    byte[] address = new byte[16];
    byte[] prefix = HexFormat.of().parseHex(prefixHex);
    System.arraycopy(prefix, 0, address, 0, prefix.length);
    System.arraycopy(v4, 0, address, at, v4.length);
    return address;
  }
}
