package com.natifico.postback.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptHeaderTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text/csv | true",
        "TEXT/CSV | true",
        "text/* | true",
        "text/csv, */*;q=0.1 | true",
        "text/csv;header=present, application/json; q=0.9 | true",
        "application/json, text/csv | false",
        "text/csv, application/json | false",
        "text/csv;q=0.5, application/json | false",
        "text/csv;q=0, */* | false",
        "text/csv;q=much, application/json;q=0.1 | false",
        "text/csvx | false",
        "application/json | false",
        "*/* | false",
        "image/png | false",
        ", ; | false",
      })
  void prefersWhatHasTheHigherWeight(String accept, boolean isPreferred) {
    assertEquals(isPreferred, AcceptHeader.prefers(accept, "text/csv", "application/json"));
  }

  @Test
  void prefersTheUsualTypeWithoutAHeader() {
    assertFalse(AcceptHeader.prefers(null, "text/csv", "application/json"));
  }
}
