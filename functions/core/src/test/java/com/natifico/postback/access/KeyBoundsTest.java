package com.natifico.postback.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyBoundsTest {
  @ParameterizedTest(name = "{0} {1}: {2}")
  @CsvSource({
    "203.0.113.0/24,            203.0.113.255,        true",
    "203.0.113.0/24,            203.0.114.0,          false",
    "203.0.113.7,               203.0.113.7,          true",
    "203.0.113.7,               203.0.113.70,         false",
    "0.0.0.0/0,                 2001:db8::1,          false",
    "2001:db8::/32,             2001:DB8:0:0::1,      true",
    "2001:db8::/32,             2001:db9::1,          false",
    "::/0,                      203.0.113.7,          false",
    "10.0.0.0/8 2001:db8::1,    2001:db8:0:0:0:0:0:1, true",
    "10.0.0.0/8,                '',                   false",
    "0.0.0.0/0 ::/0,            tracker.example,      false",
  })
  void allowsTheAddressesOfItsRanges(String cidrs, String address, boolean allowed) {
    KeyBounds bounds = new KeyBounds(List.of(), List.of(cidrs.split(" ")));

    assertEquals(allowed, bounds.allowsAddress(address));
  }

  @Test
  void allowsItsOffersAlone() {
    KeyBounds bounds = new KeyBounds(List.of("1042", "7"), List.of());

    assertTrue(bounds.allowsOffer("7"));
    assertFalse(bounds.allowsOffer("104"));
    assertTrue(bounds.allowsAddress("203.0.113.7"));
  }

  @Test
  void allowsEverythingWithoutBounds() {
    assertTrue(KeyBounds.NONE.allowsOffer("7"));
    assertTrue(KeyBounds.NONE.allowsAddress(""));
  }
}
