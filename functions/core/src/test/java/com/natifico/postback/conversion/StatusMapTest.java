package com.natifico.postback.conversion;

import static com.natifico.postback.conversion.ConversionStatus.APPROVED;
import static com.natifico.postback.conversion.ConversionStatus.DECLINED;
import static com.natifico.postback.conversion.ConversionStatus.HOLD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class StatusMapTest {
  private final StatusMap map =
      new StatusMap(Map.of("lead", APPROVED, "4", HOLD, "a=b", DECLINED, "оплачен", APPROVED));

  @Test
  void prefersItsOwnWordsAndIgnoresCase() {
    assertEquals(APPROVED, map.find("LEAD"));
    assertEquals(APPROVED, map.find("Оплачен"));
    assertEquals(HOLD, map.find("4"));
    assertEquals(APPROVED, map.find("1"));
    assertEquals(DECLINED, map.find("Rejected"));
    assertNull(map.find("earned"));
  }

  @Test
  void isTheSameAfterWritingAndReading() {
    assertEquals("4=hold\na=b=declined\nlead=approved\nоплачен=approved", map.text());
    assertEquals(map, StatusMap.ofText(map.text()));
    assertEquals(StatusMap.NONE, StatusMap.ofText(StatusMap.NONE.text()));
    assertThrows(IllegalArgumentException.class, () -> StatusMap.ofText("lead"));
    assertThrows(IllegalArgumentException.class, () -> StatusMap.ofText("lead=earned"));
  }
}
