package com.natifico.postback.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.natifico.postback.contract.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IfMatchTest {
  @Test
  void withoutTheHeaderAnyVersionMatches() {
    assertTrue(IfMatch.parse(null).holds(7));
    assertTrue(IfMatch.parse(null).any());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"*", " * ", "\"7\"", "\"6\", \"7\"", "\"6\",\"7\"", " \"7\"\t", "W/\"6\", \"7\""})
  void matchesItsVersion(String header) {
    assertTrue(IfMatch.parse(header).holds(7));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"6\"", "W/\"7\"", "\"07\"", "\"\"", "\"7,8\"", "\"x\""})
  void matchesNoOtherVersion(String header) {
    assertFalse(IfMatch.parse(header).holds(7));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "7",
        "\"7",
        "7\"",
        "\"7\",",
        ",\"7\"",
        "\"7\" \"8\"",
        "*, \"7\"",
        "w/\"7\"",
        "\"7\"x"
      })
  void rejectsInvalidHeaders(String header) {
    assertEquals(
        400, assertThrows(ProblemException.class, () -> IfMatch.parse(header)).problem().status());
  }

  @Test
  void matchesTheTagOfAResponse() {
    assertTrue(IfMatch.parse(IfMatch.tag(12)).holds(12));
  }
}
