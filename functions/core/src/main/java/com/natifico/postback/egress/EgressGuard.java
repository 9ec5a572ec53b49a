package com.natifico.postback.egress;

import com.natifico.postback.url.Addresses;
import com.natifico.postback.url.Endpoint;
import com.natifico.postback.url.Host;
import com.natifico.postback.url.UrlProblem;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Decides where a callback may go: to ordinary global unicast addresses, on the usual ports. On
 * Lambda, loopback is the Runtime API and 169.254.x.x the credential service, so this check
 * protects the account.
 *
 * <p>Ranges in the allow list are permitted on any port, with two restrictions. Loopback,
 * link-local and the unspecified addresses (which Linux connects to loopback) are only permitted by
 * a range within them: {@code 127.0.0.0/8} and {@code 127.0.0.1/32} permit 127.0.0.1, {@code
 * 0.0.0.0/0} does not. And if a range permits a transition address, the IPv4 address embedded in it
 * must be permitted as well.
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
   * @param allow ranges such as {@code 10.1.0.0/16} or {@code fd00:1::/32}, permitted on any port
   * @param ports permitted for all other addresses
   * @throws IllegalArgumentException for an invalid range or port, with a message that names it
   */
  public EgressGuard(List<String> allow, Set<Integer> ports) {
    this.allow = allow.stream().map(Cidr::parse).toList();
    this.ports = new TreeSet<>(ports);
    for (int port : ports) {
      if (!Endpoint.isPort(port)) {
        throw new IllegalArgumentException(port + " is not a port; ports are from 1 to 65535");
      }
    }
  }

  /**
   * Reads the environment: {@code EGRESS_ALLOW} (default: nothing) and {@code EGRESS_PORTS}
   * (default: 80 and 443), each separated by commas.
   *
   * @throws IllegalArgumentException for an invalid value in either, with a message that names it
   */
  public static EgressGuard of(Map<String, String> environment) {
    String ports = environment.getOrDefault("EGRESS_PORTS", "");
    Set<Integer> named = new TreeSet<>();
    for (String port : items(ports.isBlank() ? DEFAULT_PORTS : ports)) {
      if (!port.matches("[0-9]{1,5}") || !Endpoint.isPort(Integer.parseInt(port))) {
        throw new IllegalArgumentException(
            "EGRESS_PORTS: \"" + port + "\" is not a port; ports are from 1 to 65535");
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

  /**
   * Whether a callback may go there, as far as that is known without resolving its name. The name
   * localhost is not resolved (RFC 6761).
   *
   * @return null if nothing is wrong
   */
  public @Nullable UrlProblem vet(Endpoint endpoint) {
    int port = endpoint.port();
    return switch (endpoint.host()) {
      case Host.Address address when !address.isUsual() -> refuseSpelling(address);
      case Host.Address address -> vetAddress(address.bytes(), port);
      case Host.Name name when name.isLocalhost() -> vetLocalhost(port);
      case Host.Name _ -> vetPort(port);
    };
  }

  /**
   * Why an address in an unusual spelling is refused, whatever is allowed: other parsers read it
   * differently.
   */
  public static UrlProblem refuseSpelling(Host.Address address) {
    SpecialRanges.Special special = SpecialRanges.of(address.bytes());
    String usual = address.text();
    return special == null
        ? new UrlProblem(
            "invalid_host", "The host is an unusual spelling of an address; write " + usual + ".")
        : new UrlProblem(
            "forbidden_address",
            "The host is an unusual spelling of "
                + usual
                + ", which is not on the public internet ("
                + special.name()
                + ").");
  }

  private @Nullable UrlProblem vetLocalhost(int port) {
    UrlProblem v4 = vetAddress(LOOPBACK_V4, port);
    return v4 != null && vetAddress(LOOPBACK_V6, port) != null ? v4 : null;
  }

  /**
   * Checks a connection.
   *
   * @param address 4 or 16 bytes
   * @return null if the connection may be made
   */
  public @Nullable UrlProblem vetAddress(byte[] address, int port) {
    if (address.length != 4 && address.length != 16) {
      return new UrlProblem("forbidden_address", "This is not an address.");
    }
    if (!Endpoint.isPort(port)) {
      return new UrlProblem("forbidden_port", "There is no port " + port + ".");
    }
    SpecialRanges.Special special = SpecialRanges.of(address);
    if (isAllowed(address, special)) {
      return null;
    }
    return special == null
        ? vetPort(port)
        : new UrlProblem(
            "forbidden_address",
            "The address "
                + Addresses.text(address)
                + " is not on the public internet ("
                + special.name()
                + ").");
  }

  private @Nullable UrlProblem vetPort(int port) {
    return ports.contains(port)
        ? null
        : new UrlProblem(
            "forbidden_port",
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
