package com.natifico.postback.egress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.natifico.postback.url.Addresses;
import com.natifico.postback.url.Host;
import com.natifico.postback.url.HttpUrl;
import com.natifico.postback.url.InvalidUrlException;
import com.natifico.postback.url.UrlParts;
import com.natifico.postback.url.UrlProblem;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EgressGuardTest {
  private static final EgressGuard STRICT = EgressGuard.of(Map.of());

  private static EgressGuard allowing(String ranges) {
    return EgressGuard.of(Map.of("EGRESS_ALLOW", ranges));
  }

  private static String code(@Nullable UrlProblem refusal) {
    return refusal == null ? "ok" : refusal.code();
  }

  /** The guard's code for this endpoint, or that of the parser. */
  private static String vetUrl(
      EgressGuard guard, String scheme, String host, @Nullable String port) {
    try {
      HttpUrl url = HttpUrl.of(new UrlParts(scheme, null, host, port, "/"));
      return code(guard.vet(url.endpoint()));
    } catch (InvalidUrlException e) {
      return e.problems().getFirst().code();
    }
  }

  private static Host host(String host) {
    return HttpUrl.of(new UrlParts("https", null, host, null, "/")).endpoint().host();
  }

  private static String vet(EgressGuard guard, String literal, int port) {
    byte[] v6 = Addresses.v6(literal);
    byte[] bytes = v6 == null ? InetAddress.ofLiteral(literal).getAddress() : v6;
    return code(guard.vetAddress(bytes, port));
  }

  @ParameterizedTest
  @CsvFileSource(resources = "hosts.txt", delimiter = '|', quoteCharacter = '`')
  void judgesEveryHostOfTheTable(String host, String verdict) {
    assertEquals(verdict, vetUrl(STRICT, "https", host, null), host);
  }

  @ParameterizedTest
  @CsvFileSource(resources = "hosts.txt", delimiter = '|', quoteCharacter = '`')
  void judgesResolvedAddressesAsItJudgesLiteralOnes(String host, String verdict) {
    try {
      if (host(host) instanceof Host.Address address && address.isUsual()) {
        assertEquals(verdict, code(STRICT.vetAddress(address.bytes(), 443)), host);
      }
    } catch (InvalidUrlException e) {
      assertEquals("invalid_host", verdict, host);
    }
  }

  @Test
  void saysWhichAddressAndWhy() {
    UrlProblem refusal = STRICT.vet(HttpUrl.of("http://0x0a.1/").endpoint());

    assertNotNull(refusal);
    assertEquals(
        "The host is an unusual spelling of 10.0.0.1, which is not on the public internet"
            + " (private use, RFC 1918).",
        refusal.message());
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp", "file", "", "javascript", "https ", "ws", "gopher"})
  void takesOnlyHttpAndHttps(String scheme) {
    assertEquals("invalid_scheme", vetUrl(STRICT, scheme, "tracker.test", null));
  }

  @ParameterizedTest
  @CsvSource({
    "http,,ok",
    "https,,ok",
    "HTTPS,443,ok",
    "http,443,ok",
    "https,80,ok",
    "http,8080,forbidden_port",
    "http,22,forbidden_port",
    "http,0,invalid_port",
    "http,65536,invalid_port",
    "http,-2,invalid_port"
  })
  void takesOnlyTheNamedPorts(String scheme, @Nullable String port, String verdict) {
    assertEquals(verdict, vetUrl(STRICT, scheme, "tracker.test", port));
    assertEquals(verdict, vetUrl(STRICT, scheme, "8.8.8.8", port));
  }

  @Test
  void usesThePortsOfTheEnvironment() {
    EgressGuard guard = EgressGuard.of(Map.of("EGRESS_PORTS", "443, 8443"));

    assertEquals("ok", vetUrl(guard, "https", "tracker.test", "8443"));
    assertEquals("forbidden_port", vetUrl(guard, "http", "tracker.test", null));
  }

  @Test
  void anAllowedRangeIsPermittedOnAnyPort() {
    EgressGuard guard = allowing("10.1.0.0/16, fd00:1::/32");

    assertEquals("ok", vetUrl(guard, "http", "10.1.2.3", "9000"));
    assertEquals("ok", vetUrl(guard, "http", "[fd00:1::7]", "9000"));
    assertEquals("forbidden_address", vetUrl(guard, "http", "10.2.0.1", "80"));
    assertEquals("forbidden_port", vetUrl(guard, "http", "tracker.test", "9000"));
  }

  @Test
  void anAllowedPublicAddressIsPermittedOnAnyPort() {
    assertEquals("ok", vet(allowing("8.8.8.0/24"), "8.8.8.8", 9000));
    assertEquals("forbidden_port", vet(allowing("8.8.8.0/24"), "8.8.4.4", 9000));
    assertEquals("forbidden_port", vet(allowing("8.8.8.0/24"), "8.8.8.8", 0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.255.255.255",
        "169.254.169.254",
        "0.0.0.0",
        "::1",
        "::",
        "fe80::1",
        "fd00:ec2::254",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "::127.0.0.1",
        "64:ff9b::127.0.0.1",
        "2002:7f00:1::",
        "::ffff:0:127.0.0.1",
        "fe80::5efe:127.0.0.1"
      })
  void aWiderRangeDoesNotPermitLoopbackAndLinkLocal(String address) {
    EgressGuard guard = allowing("0.0.0.0/0,::/0,0.0.0.0/1,64.0.0.0/2,160.0.0.0/3,fc00::/6");

    assertEquals("forbidden_address", vet(guard, address, 80));
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.0/8,127.0.0.1",
    "127.0.0.1/32,127.0.0.1",
    "127.0.0.1,127.0.0.1",
    "169.254.0.0/16,169.254.1.1",
    "::1/128,::1",
    "::1,::1",
    "fe80::/10,fe80::1",
    "fe80::/64,fe80::1",
    "0.0.0.0/32,0.0.0.0"
  })
  void aRangeWithinLoopbackOrLinkLocalPermitsIt(String range, String address) {
    assertEquals("ok", vet(allowing(range), address, 9000));
  }

  @Test
  void aRangeWithinLoopbackPermitsOnlyItself() {
    assertEquals("forbidden_address", vet(allowing("127.0.0.1/32"), "127.0.0.2", 80));
  }

  @Test
  void aWiderRangePermitsTheOtherPrivateAddresses() {
    EgressGuard guard = allowing("0.0.0.0/0,::/0");

    assertEquals("ok", vet(guard, "10.0.0.1", 9000));
    assertEquals("ok", vet(guard, "fd00::1", 9000));
  }

  @Test
  void aRangeOfTransitionAddressesDoesNotPermitEmbeddedAddresses() {
    EgressGuard guard = allowing("64:ff9b::/96");

    assertEquals("ok", vet(guard, "64:ff9b::8.8.8.8", 443));
    assertEquals("forbidden_address", vet(guard, "64:ff9b::10.0.0.1", 443));
    assertEquals("ok", vet(allowing("64:ff9b::/96,10.0.0.0/8"), "64:ff9b::10.0.0.1", 443));
  }

  @Test
  void localhostIsWhatLoopbackIs() {
    assertEquals("ok", vetUrl(allowing("127.0.0.0/8"), "http", "localhost", "9000"));
    assertEquals("ok", vetUrl(allowing("::1"), "http", "localhost", "9000"));
    assertEquals("forbidden_address", vetUrl(allowing("0.0.0.0/0"), "http", "localhost", "80"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense",
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0.0/",
        "10.0.0.0/a",
        "/8",
        "10.0.0.1/8",
        "10/8",
        "010.0.0.0/8",
        "::/129",
        "fe80::1%eth0",
        "[::1]",
        "10.0.0.0/8,",
        ",",
        "::1/127",
        "tracker.test",
        "10.0.0.0/8;127.0.0.0/8",
        "0x7f.0.0.0/8"
      })
  void rejectsInvalidRanges(String ranges) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> allowing(ranges));

    assertTrue(String.valueOf(e.getMessage()).startsWith("EGRESS_ALLOW"), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "80,", ",", "0", "65536", "-1", "80;443", "8O", "80-90"})
  void rejectsInvalidPorts(String ports) {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> EgressGuard.of(Map.of("EGRESS_PORTS", ports)));

    assertTrue(String.valueOf(e.getMessage()).startsWith("EGRESS_PORTS"), e.getMessage());
  }

  @Test
  void usesTheDefaultsForAnEmptyEnvironment() {
    EgressGuard guard = EgressGuard.of(Map.of("EGRESS_ALLOW", "", "EGRESS_PORTS", " "));

    assertEquals("forbidden_address", vet(guard, "127.0.0.1", 80));
    assertEquals("ok", vet(guard, "8.8.8.8", 443));
  }

  @Test
  void readsANameOnceForEverybody() {
    assertEquals(new Host.Name("xn--bcher-kva.test"), host("BÜCHER.test."));
    assertEquals("93.184.216.34", host("93.184.216.34").text());
    assertEquals("2606:4700:0:0:0:0:0:1111", host("[2606:4700::1111]").text());
  }

  @Test
  void rejectsInvalidAddresses() {
    for (int length : List.of(0, 3, 5, 15, 17)) {
      byte[] bytes = new byte[length];
      Arrays.fill(bytes, (byte) 8);
      assertNotNull(STRICT.vetAddress(bytes, 443));
    }
    assertNull(STRICT.vetAddress(new byte[] {8, 8, 8, 8}, 443));
  }
}
