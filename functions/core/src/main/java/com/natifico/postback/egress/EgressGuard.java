package com.natifico.postback.egress;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Decides where a callback may go: to plain global unicast addresses, on the usual ports. On Lambda
 * loopback is the Runtime API and 169.254.x.x the credential service, so this is what protects the
 * account.
 *
 * <p>Ranges in the allow list are let through on any port, with two reservations. Loopback,
 * link-local and the unspecified addresses (which Linux connects to loopback) are opened only by a
 * range that names them, that is, lies within them: {@code 127.0.0.0/8} and {@code 127.0.0.1/32}
 * open 127.0.0.1, {@code 0.0.0.0/0} does not. And a range of transition addresses opens only the
 * way: what such an address embeds has to be let through by itself.
 *
 * <p>Looks nothing up and keeps no state; safe for use by several threads.
 */
public final class EgressGuard {
  private static final byte[] LOOPBACK_V4 = {127, 0, 0, 1};
  private static final byte[] LOOPBACK_V6 = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

  private static final String DEFAULT_PORTS = "80,443";

  private final List<Cidr> allow;
  private final Set<Integer> ports;

  /**
   * @param allow ranges such as {@code 10.1.0.0/16} or {@code fd00:1::/32}, let through on any port
   * @param ports let through everywhere else
   * @throws IllegalArgumentException for what is no range or no port, with a message that names it
   */
  public EgressGuard(List<String> allow, Set<Integer> ports) {
    this.allow = allow.stream().map(Cidr::parse).toList();
    this.ports = new TreeSet<>(ports);
    for (int port : ports) {
      if (!isPort(port)) {
        throw new IllegalArgumentException(port + " is no port; ports are from 1 to 65535");
      }
    }
  }

  /**
   * From the environment: {@code EGRESS_ALLOW} (default: nothing) and {@code EGRESS_PORTS}
   * (default: 80 and 443), each separated by commas.
   *
   * @throws IllegalArgumentException for nonsense in either, with a message that names it
   */
  public static EgressGuard of(Map<String, String> environment) {
    String ports = environment.getOrDefault("EGRESS_PORTS", "");
    Set<Integer> named = new TreeSet<>();
    for (String port : items(ports.isBlank() ? DEFAULT_PORTS : ports)) {
      if (!port.matches("[0-9]{1,5}") || !isPort(Integer.parseInt(port))) {
        throw new IllegalArgumentException(
            "EGRESS_PORTS: \"" + port + "\" is no port; ports are from 1 to 65535");
      }
      named.add(Integer.valueOf(port));
    }
    try {
      return new EgressGuard(items(environment.getOrDefault("EGRESS_ALLOW", "")), named);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("EGRESS_ALLOW: " + e.getMessage(), e);
    }
  }

  private static List<String> items(String commaSeparated) {
    return commaSeparated.isBlank()
        ? List.of()
        : Arrays.stream(commaSeparated.split(",", -1)).map(String::strip).toList();
  }

  private static boolean isPort(int number) {
    return number >= 1 && number <= 65_535;
  }

  /**
   * Whether a URL may be saved, as far as can be told without looking up its name. The name
   * localhost needs no looking up (RFC 6761).
   *
   * @param host as it stands in the URL, IPv6 addresses in brackets
   * @param port -1 for the scheme's own
   * @return null if nothing is wrong
   */
  public @Nullable Refusal vetUrl(String scheme, String host, int port) {
    int defaultPort;
    if (scheme.equalsIgnoreCase("http")) {
      defaultPort = 80;
    } else if (scheme.equalsIgnoreCase("https")) {
      defaultPort = 443;
    } else {
      return Refusal.invalidScheme("The URL must begin with https:// or http://.");
    }
    int effectivePort = port == -1 ? defaultPort : port;
    return switch (Host.parse(host)) {
      case Host.Invalid(Refusal refusal) -> refusal;
      case Host.Address address -> vetAddress(address.bytes(), effectivePort);
      case Host.Name name when name.isLocalhost() -> vetLocalhost(effectivePort);
      case Host.Name _ -> vetPort(effectivePort);
    };
  }

  private @Nullable Refusal vetLocalhost(int port) {
    Refusal v4 = vetAddress(LOOPBACK_V4, port);
    return v4 != null && vetAddress(LOOPBACK_V6, port) != null ? v4 : null;
  }

  /**
   * Whether a connection may be made.
   *
   * @param address 4 or 16 bytes
   * @return null if nothing is wrong
   */
  public @Nullable Refusal vetAddress(byte[] address, int port) {
    if (address.length != 4 && address.length != 16) {
      return Refusal.forbiddenAddress("That is no address.");
    }
    if (!isPort(port)) {
      return Refusal.forbiddenPort("There is no port " + port + ".");
    }
    SpecialRanges.Special special = SpecialRanges.of(address);
    if (isAllowed(address, special)) {
      return null;
    }
    return special == null
        ? vetPort(port)
        : Refusal.forbiddenAddress(
            "The address "
                + Addresses.text(address)
                + " is not on the public internet ("
                + special.name()
                + ").");
  }

  private @Nullable Refusal vetPort(int port) {
    return ports.contains(port)
        ? null
        : Refusal.forbiddenPort(
            "The port " + port + " is not among those that callbacks may go to: " + ports + ".");
  }

  private boolean isAllowed(byte[] address, SpecialRanges.@Nullable Special special) {
    return allow.stream().anyMatch(range -> opens(range, address, special))
        && Embedded.in(address).stream().allMatch(this::isAllowedOrGlobal);
  }

  private static boolean opens(
      Cidr range, byte[] address, SpecialRanges.@Nullable Special special) {
    return range.contains(address)
        && (special == null || !special.guarded() || range.isWithin(special.range()));
  }

  private boolean isAllowedOrGlobal(byte[] embedded) {
    SpecialRanges.Special special = SpecialRanges.of(embedded);
    return special == null || isAllowed(embedded, special);
  }
}
