package com.natifico.postback.access;

import com.natifico.postback.egress.Cidr;
import com.natifico.postback.url.Addresses;
import java.util.List;

/**
 * What a network's key is restricted to.
 *
 * @param offerIds the offers that it may push conversions for; empty for any
 * @param cidrs the ranges of addresses that it may push from, as {@link Cidr} reads them; empty for
 *     any
 */
public record KeyBounds(List<String> offerIds, List<String> cidrs) {
  /** Any offer, from any address. */
  public static final KeyBounds NONE = new KeyBounds(List.of(), List.of());

  public KeyBounds {
    offerIds = List.copyOf(offerIds);
    cidrs = List.copyOf(cidrs);
  }

  public boolean allowsOffer(String offerId) {
    return offerIds.isEmpty() || offerIds.contains(offerId);
  }

  /**
   * @param address IPv4 or IPv6; any other text is only allowed if there are no ranges
   */
  public boolean allowsAddress(String address) {
    if (cidrs.isEmpty()) {
      return true;
    }
    byte[] v4 = Addresses.canonicalV4(address);
    byte[] bytes = v4 == null ? Addresses.v6(address) : v4;
    return bytes != null && cidrs.stream().anyMatch(cidr -> Cidr.parse(cidr).contains(bytes));
  }
}
