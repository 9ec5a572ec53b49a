package com.natifico.postback.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.natifico.postback.contract.input.Fields;
import com.natifico.postback.contract.input.Input;
import com.natifico.postback.contract.problem.ProblemException;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CursorTest {
  private static @Nullable String read(String cursor, String list) {
    return Cursor.read(
        Fields.ofQuery(new Input.Obj(Map.of("cursor", new Input.Text(cursor)))), list);
  }

  private static String encoded(String list, String position) {
    return Objects.requireNonNull(Cursor.encode(list, position));
  }

  @Test
  void restoresThePosition() {
    assertEquals("pb_1", read(encoded("postbacks/77", "pb_1"), "postbacks/77"));
  }

  @Test
  void fitsIntoAUrl() {
    assertEquals(true, encoded("postbacks/77", "\u00ff?~_-").matches("[A-Za-z0-9_-]+"));
  }

  @Test
  void isRejectedByAnotherList() {
    String cursor = encoded("postbacks/77", "pb_1");
    assertThrows(ProblemException.class, () -> read(cursor, "postbacks/88"));
    assertThrows(ProblemException.class, () -> read(cursor, "postbacks/77/failed"));
  }

  @Test
  void rejectsInvalidCursors() {
    for (String cursor : new String[] {"", "x", "====", "AAAA", "\u00e4", "a b"}) {
      assertEquals(
          422, assertThrows(ProblemException.class, () -> read(cursor, "keys")).problem().status());
    }
  }

  @Test
  void theLastPageHasNoCursor() {
    assertNull(Cursor.encode("keys", null));
    assertNull(Cursor.read(Fields.ofQuery(new Input.Obj(Map.of())), "keys"));
  }
}
