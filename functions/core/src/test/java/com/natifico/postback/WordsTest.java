package com.natifico.postback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.natifico.postback.access.Role;
import com.natifico.postback.conversion.ConversionStatus;
import com.natifico.postback.conversion.Skipped;
import com.natifico.postback.delivery.DeliveryState;
import com.natifico.postback.delivery.FailedReason;
import com.natifico.postback.delivery.Outcome;
import com.natifico.postback.delivery.UnsentReason;
import com.natifico.postback.postback.HttpMethod;
import com.natifico.postback.postback.PausedReason;
import com.natifico.postback.rule.Meaning;
import com.natifico.postback.rule.Ruling;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

final class WordsTest {
  private static <E extends Enum<E>> void assertReads(
      E[] constants, Function<E, String> word, Function<String, E> of) {
    for (E constant : constants) {
      assertEquals(constant, of.apply(word.apply(constant)));
    }
    assertThrows(IllegalArgumentException.class, () -> of.apply("nonsense"));
    assertThrows(IllegalArgumentException.class, () -> of.apply(""));
  }

  @Test
  void everyConstantIsReadFromItsWord() {
    assertReads(Role.values(), Role::word, Role::of);
    assertReads(ConversionStatus.values(), ConversionStatus::word, ConversionStatus::of);
    assertReads(ConversionStatus.values(), ConversionStatus::codeText, ConversionStatus::of);
    assertReads(Skipped.Reason.values(), Skipped.Reason::word, Skipped.Reason::of);
    assertReads(DeliveryState.values(), DeliveryState::word, DeliveryState::of);
    assertReads(Outcome.values(), Outcome::word, Outcome::of);
    assertReads(FailedReason.values(), FailedReason::word, FailedReason::of);
    assertReads(Meaning.values(), Meaning::word, Meaning::of);
    assertReads(Ruling.values(), Ruling::word, Ruling::of);
    assertReads(UnsentReason.values(), UnsentReason::word, UnsentReason::of);
    assertReads(PausedReason.values(), PausedReason::word, PausedReason::of);
    assertReads(HttpMethod.values(), HttpMethod::name, HttpMethod::of);
  }

  @Test
  void findReturnsNullForAnUnknownWord() {
    assertNull(Role.find("Admin"));
    assertNull(DeliveryState.find("lost"));
    assertNull(ConversionStatus.find("4"));
    assertNull(HttpMethod.find("PUT"));
  }
}
