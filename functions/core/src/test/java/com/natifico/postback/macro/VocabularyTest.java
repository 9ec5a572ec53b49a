package com.natifico.postback.macro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.natifico.postback.macro.Template.Finding;
import com.natifico.postback.macro.Template.Kind;
import com.natifico.postback.macro.Template.Parsed;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Templates with the macros of notifications. */
final class VocabularyTest {
  private static final Instant AT = Instant.parse("2026-11-02T14:03:09Z");

  private static Parsed parsed(String url) {
    return Template.review(url, Kind.URL, Vocabulary.NOTIFICATION);
  }

  private static String expanded(String source, Kind kind) {
    return Template.of(source, kind, Vocabulary.NOTIFICATION)
        .expand(
            new MacroValues() {
              @Override
              public String text(Macro macro) {
                return macro.name().equals("count") ? "12" : "a \"" + macro.name() + "\"";
              }

              @Override
              public @Nullable Instant instant(Macro macro) {
                return macro.name().equals("at") ? AT : null;
              }
            });
  }

  @Test
  void expandsAllMacrosEncoded() {
    assertEquals(
        "https://x.example/?e=a%20%22event%22&p=a%20%22postback_id%22&l=a%20%22label%22"
            + "&o=a%20%22offer_id%22&r=a%20%22reason%22&n=12",
        expanded(
            "https://x.example/?e={event}&p={postback_id}&l={label}&o={offer_id}&r={reason}"
                + "&n={count}",
            Kind.URL));
    assertEquals(
        "{\"text\": \"a \\\"label\\\"\", \"n\": 12, \"e\": \"a \\\"event\\\"\"}",
        expanded("{\"text\": \"{label}\", \"n\": {count}, \"e\": {event}}", Kind.JSON));
  }

  @Test
  void appliesFilters() {
    assertEquals(
        "https://x.example/?d=02.11.2026&e=stopped&u=A%20%22LABEL%22",
        expanded(
            "https://x.example/?d={at|format:dd.MM.yyyy}&e={event|map:paused=stopped"
                + "|default:x|map:a \"event\"=stopped}&u={label|upper}",
            Kind.URL));
  }

  @Test
  void keepsSecrets() {
    assertEquals(
        "https://x.example/bot{secret.token}/?t=a%20%22event%22",
        expanded("https://x.example/bot{secret.token}/?t={event}", Kind.URL));
  }

  /** A conversion's macros are unknown, even if events have an alias of the same name. */
  @ParameterizedTest
  @CsvSource({
    "sum, unknown_macro,",
    "ref_id, unknown_macro,",
    "goal, unknown_macro,",
    "postbackid, unknown_macro, postback_id",
    "Postback-Id, unknown_macro, postback_id",
    "evnt, unknown_macro, event",
    "reasn, unknown_macro, reason"
  })
  void refusesOtherMacros(String name, String code, @Nullable String suggestion) {
    Finding error = parsed("https://x.example/?a={" + name + "}").errors().getFirst();

    assertEquals(code, error.code());
    assertEquals(suggestion, error.suggestion());
  }

  @Test
  void doesNotAskForTheClickId() {
    assertEquals(List.of(), parsed("https://x.example/?e={event}").warnings());
  }

  @Test
  void areAllExplained() {
    assertEquals(
        List.of("event", "postback_id", "label", "offer_id", "reason", "count", "at"),
        Vocabulary.NOTIFICATION.all().stream().map(Macro::name).toList());
    Vocabulary.NOTIFICATION.all().forEach(macro -> assertNotNull(macro.description()));
  }
}
