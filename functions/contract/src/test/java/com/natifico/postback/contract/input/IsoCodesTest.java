package com.natifico.postback.contract.input;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class IsoCodesTest {
  @Test
  void recognisesCountries() {
    assertTrue(IsoCodes.isCountry("DE"));
    assertFalse(IsoCodes.isCountry("XX"));
    assertFalse(IsoCodes.isCountry("de"));
  }
}
