package com.natifico.postback.conversion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Currency;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class IsoCodesTest {
  @Test
  void knowsAllCurrenciesThatTheJdkListsAndNoOther() {
    Set<String> known = new TreeSet<>();
    for (char first = 'A'; first <= 'Z'; first++) {
      for (char second = 'A'; second <= 'Z'; second++) {
        for (char third = 'A'; third <= 'Z'; third++) {
          String code = String.valueOf(new char[] {first, second, third});
          if (IsoCodes.isCurrency(code)) {
            known.add(code);
          }
        }
      }
    }

    assertEquals(
        Currency.getAvailableCurrencies().stream()
            .map(Currency::getCurrencyCode)
            .collect(Collectors.toCollection(TreeSet::new)),
        known);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "U", "US", "USDX", "usd", "U S", "\uD83D\uDE00", "123"})
  void knowsNoCurrencyOfAnyOtherForm(String code) {
    assertFalse(IsoCodes.isCurrency(code));
  }

  @Test
  void knowsCountries() {
    assertTrue(IsoCodes.isCountry("DE"));
    assertFalse(IsoCodes.isCountry("XX"));
    assertFalse(IsoCodes.isCountry("de"));
  }
}
