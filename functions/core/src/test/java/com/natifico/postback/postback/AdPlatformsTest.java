package com.natifico.postback.postback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.natifico.postback.macro.Macros;
import com.natifico.postback.macro.Template;
import com.natifico.postback.rule.TrackerRules;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class AdPlatformsTest {
  private static PostbackSettings settings(AdPlatform platform) {
    Tracker tracker = platform.tracker();
    Tracker.Templates templates = tracker.templates();
    String url = templates.url();
    String body = templates.body() == null ? "" : templates.body();
    for (Tracker.Placeholder placeholder : tracker.placeholders()) {
      url = url.replace(placeholder.name(), placeholder.example());
      body = body.replace(placeholder.name(), placeholder.example());
    }
    return PostbackSettings.of(
            new Scope.Global(),
            new RequestTemplate(
                HttpMethod.POST,
                url,
                new RequestBody(body, "application/json"),
                new RequestHeaders(templates.headers())))
        .withJudging(new Judging(tracker.id(), null));
  }

  /** Those that the contract names, and the two that were added. */
  @Test
  void listsEachPlatformOnce() {
    assertEquals(
        List.of("meta", "tiktok", "snap", "pinterest", "reddit", "openai"),
        AdPlatforms.all().stream().map(each -> each.tracker().id()).toList());
    assertNull(AdPlatforms.find("voluum"));
  }

  @ParameterizedTest
  @MethodSource("com.natifico.postback.postback.AdPlatforms#all")
  void savesWithoutAWarning(AdPlatform platform) {
    PostbackSettings settings = settings(platform);
    RequestBody body = settings.request().body();
    assertNotNull(body);

    assertEquals(List.of(), Template.review(body.text(), body.kind()).errors());
    assertEquals(List.of(), Template.review(settings.request().url(), Template.Kind.URL).errors());
    assertEquals(List.of(), settings.warnings());
    settings
        .request()
        .headers()
        .byName()
        .forEach(
            (name, value) -> {
              assertNull(RequestHeaders.refusalOfName(name));
              assertNull(RequestHeaders.refusalOfValue(value));
            });
  }

  /** The secrets of callbacks are those of the template, the others those of the test mode. */
  @ParameterizedTest
  @MethodSource("com.natifico.postback.postback.AdPlatforms#all")
  void listsTheSecretsThatItNeeds(AdPlatform platform) {
    PostbackSettings settings = settings(platform);

    assertEquals(
        new TreeSet<>(settings.request().secrets()),
        secrets(platform, Stream.of(Tracker.Secret.Need.CALLBACKS)));
    assertEquals(
        new TreeSet<>(settings.testRequest().secrets()),
        secrets(platform, Stream.of(Tracker.Secret.Need.values())));
  }

  private static Set<String> secrets(AdPlatform platform, Stream<Tracker.Secret.Need> needs) {
    List<Tracker.Secret.Need> wanted = needs.toList();
    Set<String> names = new TreeSet<>();
    for (Tracker.Secret secret : platform.tracker().templates().secrets()) {
      if (wanted.contains(secret.neededFor())) {
        names.add(secret.name());
      }
    }
    return names;
  }

  @ParameterizedTest
  @MethodSource("com.natifico.postback.postback.AdPlatforms#all")
  void sendsTestConversionsAndNoOthersInTheTestMode(AdPlatform platform) {
    PostbackSettings settings = settings(platform);
    TestMode mode = platform.testMode();

    assertFalse(mode.isIn(settings.request()));
    assertTrue(mode.isIn(settings.testRequest()), settings.testRequest().toString());
    assertNotEquals(settings.request(), settings.testRequest());
    assertEquals(settings.testRequest(), mode.appliedTo(settings.testRequest()));
    assertEquals(
        List.of("test_mode_in_template"),
        settings.withRequest(settings.testRequest()).warnings().stream()
            .map(Template.Finding::code)
            .toList());
  }

  @ParameterizedTest
  @MethodSource("com.natifico.postback.postback.AdPlatforms#all")
  void namesFieldsThatExistItsAnswersAndItsSource(AdPlatform platform) {
    for (AdPlatform.Demand demand : platform.demands()) {
      demand.fields().forEach(field -> assertNotNull(Macros.find(field), field));
    }
    platform.hashes().forEach(hash -> assertNotNull(Macros.find(hash.field())));
    assertTrue(TrackerRules.trackers().contains(platform.tracker().id()));
    assertTrue(platform.tracker().source().page().startsWith("https://"));
    assertFalse(platform.tracker().source().read().isBefore(LocalDate.parse("2026-11-01")));
    assertTrue(platform.tracker().hint().endsWith("."));
  }

  @ParameterizedTest
  @CsvSource({"meta, 7", "snap, 37", "reddit, 7", "openai, 7", "tiktok,", "pinterest,"})
  void limitsTheAgeWhereThatIsDocumented(String id, Long days) {
    AdPlatform platform = AdPlatforms.find(id);
    assertNotNull(platform);
    assertEquals(days, platform.maxAge() == null ? null : (Long) platform.maxAge().toDays());
  }
}
