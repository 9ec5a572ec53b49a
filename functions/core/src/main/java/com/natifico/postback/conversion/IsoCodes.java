package com.natifico.postback.conversion;

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
}
