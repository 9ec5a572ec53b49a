package com.natifico.postback.contract.input;

import java.util.Locale;
import java.util.Set;

/** The codes of the standards that the JDK knows. */
final class IsoCodes {
  private static final Set<String> COUNTRIES =
      Locale.getISOCountries(Locale.IsoCountryCode.PART1_ALPHA2);

  private IsoCodes() {}

  /** Whether this is a country code in ISO 3166-1 alpha-2, in upper case. */
  static boolean isCountry(String code) {
    return COUNTRIES.contains(code);
  }
}
