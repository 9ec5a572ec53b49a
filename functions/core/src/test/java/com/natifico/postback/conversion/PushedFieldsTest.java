package com.natifico.postback.conversion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.natifico.postback.macro.Macros;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class PushedFieldsTest {
  private static final Map<String, String> GIVEN =
      Map.of("sum", "12.50", "ref_id", "w8J3kUG5", "sub2", "b", "of_an_older_catalogue", "x");

  private final PushedFields fields = PushedFields.copyOf(GIVEN);

  @Test
  void isEqualToWhatItWasMadeOf() {
    assertEquals(GIVEN, fields);
    assertEquals(GIVEN.hashCode(), fields.hashCode());
    assertEquals(GIVEN.size(), fields.size());
  }

  @Test
  void answersByNameAndByMacro() {
    assertEquals("12.50", fields.get("sum"));
    assertEquals("12.50", fields.of(Objects.requireNonNull(Macros.find("sum"))));
    assertNull(fields.of(Objects.requireNonNull(Macros.find("geo"))));
    assertTrue(fields.containsKey("sub2"));
  }

  @Test
  void keepsWhatIsNoMacroAnyMore() {
    assertEquals("x", fields.get("of_an_older_catalogue"));
  }

  @Test
  void knowsAFieldByItsNameAlone() {
    assertNull(fields.get("payout"), "an alias of sum");
    assertNull(fields.get("SUM"));
    assertFalse(fields.containsKey("nothing"));
  }

  @Test
  void keepsTheOrderOfTheCatalogue() {
    List<String> names = new ArrayList<>();
    fields.forEach((name, _) -> names.add(name));

    assertEquals(List.of("ref_id", "sum", "sub2", "of_an_older_catalogue"), names);
    assertEquals(names, List.copyOf(fields.keySet()));
  }

  @Test
  void neverChanges() {
    Map<String, String> given = new HashMap<>(GIVEN);
    PushedFields copy = PushedFields.copyOf(given);
    given.put("geo", "DE");

    assertEquals(GIVEN, copy);
    assertThrows(UnsupportedOperationException.class, () -> copy.put("geo", "DE"));
    assertThrows(UnsupportedOperationException.class, () -> copy.remove("sum"));
  }
}
