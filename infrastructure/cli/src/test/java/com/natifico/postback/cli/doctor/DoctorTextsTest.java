package com.natifico.postback.cli.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.natifico.postback.delivery.Outcome;
import com.natifico.postback.delivery.UnsentReason;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The command line and the console say the same. */
final class DoctorTextsTest {
  private static final Path CONSOLE =
      Path.of(System.getProperty("project.root"))
          .resolve("functions/api/src/main/resources/console/texts.en.js");

  private static List<String> sentences() throws IllegalAccessException {
    List<String> sentences = new ArrayList<>();
    for (Field field : DoctorTexts.class.getDeclaredFields()) {
      switch (field.get(null)) {
        case String text -> sentences.add(text);
        case Map<?, ?> texts -> texts.values().forEach(text -> sentences.add(text.toString()));
        default -> throw new IllegalStateException(field.getName());
      }
    }
    Stream.of(DoctorVerdict.values()).map(DoctorVerdict::sentence).forEach(sentences::add);
    return sentences;
  }

  @Test
  void everySentenceIsOneOfTheConsole() throws Exception {
    // A value is written as ${name} there.
    String console = Files.readString(CONSOLE).replaceAll("\\$\\{[a-z]+}", "%s");
    List<String> missing =
        sentences().stream()
            .filter(
                text -> Stream.of('"', '`').noneMatch(mark -> console.contains(mark + text + mark)))
            .toList();
    assertEquals(List.of(), missing);
    assertTrue(sentences().size() > 60);
  }

  @Test
  void knowsEveryOutcomeAndEveryReason() {
    for (Outcome outcome : Outcome.values()) {
      assertTrue(DoctorTexts.OUTCOME.containsKey(outcome.word()), outcome.word());
    }
    for (UnsentReason reason : UnsentReason.values()) {
      assertTrue(DoctorTexts.DELIVERY_REASON.containsKey(reason.word()), reason.word());
    }
  }
}
