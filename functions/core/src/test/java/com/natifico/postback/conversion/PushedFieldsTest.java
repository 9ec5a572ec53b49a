package com.natifico.postback.conversion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.natifico.postback.macro.Macro;
import com.natifico.postback.macro.Macros;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class PushedFieldsTest {
  private static final Map<String, String> GIVEN =
      Map.of("sum", "12.50", "ref_id", "w8J3kUG5", "of_an_older_catalogue", "x");

  private final PushedFields fields = new PushedFields(GIVEN);

  private static Macro macro(String name) {
    return Objects.requireNonNull(Macros.find(name));
  }

  @Test
  void findsAValueByItsMacro() {
    assertEquals("12.50", fields.get(macro("payout")), "an alias of sum");
    assertNull(fields.get(macro("geo")));
  }

  @Test
  void keepsFieldsThatAreNoLongerInTheCatalogue() {
    assertEquals(GIVEN, fields.byName());
  }

  @Test
  void copiesItsMap() {
    Map<String, String> given = new HashMap<>(GIVEN);
    PushedFields copy = new PushedFields(given);
    given.clear();

    assertEquals(GIVEN, copy.byName());
  }

  @Test
  void prefersTheOtherValues() {
    assertEquals("1", fields.with(Map.of("sum", "1", "geo", "DE")).get(macro("sum")));
    assertEquals("DE", fields.with(Map.of("geo", "DE")).get(macro("geo")));
  }
}
