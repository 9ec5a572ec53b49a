package com.natifico.postback.conversion;

import java.util.Currency;
import java.util.Locale;
import java.util.Set;

/** The standards' codes, as the JDK knows them. */
final class IsoCodes {
  private static final Set<String> COUNTRIES =
      Locale.getISOCountries(Locale.IsoCountryCode.PART1_ALPHA2);

  private IsoCodes() {}

  /** Whether it is a country's in ISO 3166-1 alpha-2, in upper case. */
  static boolean isCountry(String code) {
    return COUNTRIES.contains(code);
  }

  /** Whether it is a currency's in ISO 4217, in upper case; also one that is no longer in use. */
  static boolean isCurrency(String code) {
    try {
      Currency.getInstance(code);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
