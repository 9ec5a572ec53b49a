package com.natifico.postback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NearestTest {
  private static final List<String> NAMES =
      List.of(
          "ref_id",
          "sum",
          "sub1",
          "sub12",
          "pid",
          "device_ua",
          "session_ip",
          "event_name",
          "gclid",
          "fbclid",
          "ttclid",
          "conversion_id",
          "Europe/Berlin");

  @ParameterizedTest
  @CsvSource({
    "reff_id, ref_id",
    "Ref-Id, ref_id",
    "erf_id, ref_id",
    "smu, sum",
    "summ, sum",
    "tclid, ttclid",
    "ttcild, ttclid",
    "convresion_id, conversion_id",
    "conwersion_id, conversion_id",
    "conversionid, conversion_id",
    "Europe/Berln, Europe/Berlin"
  })
  void findsTheNameBehindASlip(String written, String meant) {
    assertEquals(meant, Nearest.of(written, NAMES));
  }

  @ParameterizedTest
  @CsvSource({
    "yclid",
    "wclid",
    "btclid",
    "qqclid",
    "aid",
    "sub2",
    "sub21",
    "sub",
    "device_id",
    "session_id",
    "event_time",
    "conversion_ip",
    "num"
  })
  void findsNothingForANameOfAnotherMeaning(String written) {
    assertNull(Nearest.of(written, NAMES));
  }
}
