package com.natifico.postback.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.natifico.postback.push.PushLog;
import com.natifico.postback.push.Refusal;
import com.natifico.postback.push.RefusedPush;
import com.natifico.postback.push.RefusedPushes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The contract of every {@link PushLog}. */
public abstract class PushLogContract {
  private static final Instant MINUTE = Instant.parse("2026-11-02T14:03:00Z");
  private static final Instant LONG_AGO = MINUTE.minus(Duration.ofDays(6));

  private final String key = "k" + UUID.randomUUID();
  private final SettableClock clock = new SettableClock(MINUTE);
  private int instances;

  /** It may hold pushes of other keys; the same one in a test. */
  protected abstract PushLog log();

  /** Another instance of the function. */
  private RefusedPushes instance() {
    return instance(clock);
  }

  private RefusedPushes instance(InstantSource time) {
    return new RefusedPushes(
        log(),
        time,
        new Random(key.hashCode() + 31L * ++instances),
        (what, why) -> {
          throw new AssertionError(what, why);
        });
  }

  private static Supplier<Refusal> refusal(String content) {
    return () ->
        new Refusal("POST /v1/conversions", 422, "{\"status\":422,\"errors\":[]}", content, false);
  }

  private static List<Supplier<Refusal>> refusals(int count) {
    return Collections.nCopies(count, refusal("x"));
  }

  private static List<String> contents(PushLog.Listed listed) {
    return listed.page().items().stream().map(push -> push.refusal().content()).toList();
  }

  private PushLog.Listed list(@Nullable String after, int limit) {
    return log().list(key, LONG_AGO, after, limit);
  }

  @Test
  void listsWhatWasRecordedNewestFirst() {
    RefusedPushes pushes = instance();
    Refusal odd =
        new Refusal(
            "GET /v1/conversions/postback",
            409,
            "{\"type\":\"urn:x\",\"detail\":\"\\u0000 ü \\ud83d\\ude00\"}",
            "a=\u0000\u0001\uFFFD\r\n\uD83D\uDE00&b=",
            true);
    pushes.record(key, List.of(refusal("first")));
    clock.advance(Duration.ofMillis(1));
    pushes.record(key, List.of(() -> odd));

    PushLog.Listed listed = list(null, 10);

    assertEquals(odd, listed.page().items().getFirst().refusal());
    assertEquals(key, listed.page().items().getFirst().keyId());
    assertEquals(MINUTE.plusMillis(1), listed.page().items().getFirst().at());
    assertEquals(List.of("first"), contents(listed).subList(1, 2));
    assertEquals(2, listed.page().items().size());
    assertEquals(0, listed.notKept());
  }

  @Test
  void storesAnEmptyContent() {
    instance().record(key, List.of(refusal("")));
    assertEquals(List.of(""), contents(list(null, 10)));
  }

  @Test
  void listsAKeysOwnAndThoseOfAllKeys() {
    String other = "k" + UUID.randomUUID();
    RefusedPushes pushes = instance();
    pushes.record(key, refusals(40));
    clock.advance(Duration.ofMillis(1));
    pushes.record(other, refusals(35));

    assertEquals(30, list(null, 50).page().items().size());
    assertEquals(10, list(null, 50).notKept());
    assertEquals(5, log().list(other, LONG_AGO, null, 50).notKept());
    List<String> keys =
        everything(null, LONG_AGO, 200).stream()
            .flatMap(page -> page.page().items().stream())
            .map(RefusedPush::keyId)
            .filter(found -> found.equals(key) || found.equals(other))
            .toList();
    assertEquals(
        Stream.concat(
                Collections.nCopies(30, other).stream(), Collections.nCopies(30, key).stream())
            .toList(),
        keys);
  }

  @Test
  void keepsSoManyOfAMinuteAndCountsTheOthers() {
    RefusedPushes pushes = instance();
    for (int i = 0; i < 45; i++) {
      pushes.record(key, refusals(1));
    }
    assertEquals(30, list(null, 200).page().items().size());

    clock.advance(Duration.ofMinutes(1));
    pushes.record(key, refusals(1));

    assertEquals(31, list(null, 200).page().items().size());
    assertEquals(15, list(null, 200).notKept());
    assertEquals(0, log().list(key, clock.instant(), null, 200).notKept(), "of the new minute");
  }

  @Test
  void theBoundHoldsForAllInstancesTogether() throws Exception {
    List<RefusedPushes> instances = IntStream.range(0, 8).mapToObj(_ -> instance()).toList();
    Race.run(
        instances.stream()
            .map(
                pushes ->
                    Race.of(
                        () -> {
                          for (int i = 0; i < 20; i++) {
                            pushes.record(key, refusals(3));
                          }
                          return pushes;
                        }))
            .toList());
    assertEquals(30, list(null, 200).page().items().size());

    clock.advance(RefusedPushes.COUNT_INTERVAL);
    instances.forEach(pushes -> pushes.record(key, refusals(1)));

    assertEquals(30, list(null, 200).page().items().size());
    assertEquals(8 * 61 - 30, list(null, 200).notKept());
  }

  @Test
  void pagesContainEachPushAndEachCountOnce() {
    for (int i = 0; i < 5; i++) {
      instance().record(key, refusals(32));
      clock.advance(Duration.ofSeconds(30));
      instance().record(key, refusals(1));
      clock.advance(Duration.ofSeconds(30));
    }
    for (int limit : new int[] {1, 7, 30, 31, 149, 150, 200}) {
      List<PushLog.Listed> pages = everything(key, LONG_AGO, limit);

      assertEquals((150 + limit - 1) / limit, pages.size(), () -> "pages of " + limit);
      List<String> ids =
          pages.stream()
              .flatMap(page -> page.page().items().stream())
              .map(RefusedPush::id)
              .toList();
      assertEquals(ids.stream().distinct().sorted(Collections.reverseOrder()).toList(), ids);
      assertEquals(150, ids.size());
      assertEquals(15, pages.stream().mapToLong(PushLog.Listed::notKept).sum());
    }
  }

  private List<PushLog.Listed> everything(@Nullable String keyId, Instant since, int limit) {
    List<PushLog.Listed> pages = new ArrayList<>();
    String after = null;
    do {
      PushLog.Listed page = log().list(keyId, since, after, limit);
      pages.add(page);
      after = page.page().next();
    } while (after != null);
    return pages;
  }

  @Test
  void listsWhatIsNotOlderThanATime() {
    instance().record(key, List.of(refusal("old")));
    clock.advance(Duration.ofSeconds(90));
    Instant since = clock.instant();
    instance().record(key, refusals(31));

    assertEquals(30, log().list(key, since, null, 200).page().items().size());
    assertEquals(1, log().list(key, since, null, 200).notKept());
    assertEquals(
        List.of(), log().list(key, since.plusNanos(1), null, 200).page().items(), "a later time");
    assertEquals(
        1, log().list(key, since.plusSeconds(29), null, 200).notKept(), "the minute as a whole");
    assertEquals(
        0, log().list(key, since.plusSeconds(30), null, 200).notKept(), "the minute after it");
    assertEquals(31, log().list(key, Instant.MIN, null, 200).page().items().size());
    assertEquals(0, log().list(key, Instant.MAX, null, 200).page().items().size());
    String old = log().list(key, LONG_AGO, null, 200).page().items().getLast().id();
    assertEquals(
        List.of(), log().list(key, since, old, 200).page().items(), "after what is too old");
  }

  @Test
  void reservesPlacesAsLongAsThereAreAny() {
    assertEquals(29, log().reserve(key, MINUTE, 29, 2));
    assertEquals(1, log().reserve(key, MINUTE, 3, 0));
    assertEquals(0, log().reserve(key, MINUTE, 1, 4));
    assertEquals(0, log().reserve(key, MINUTE, 0, 0));
    assertEquals(5, log().reserve(key, MINUTE.plusSeconds(60), 5, 0));

    assertEquals(2 + 2 + 1 + 4, list(null, 10).notKept());
    assertTrue(list(null, 10).page().items().isEmpty());
    assertEquals(0, log().save(List.of()));
  }

  @Test
  void findsNothingOfAnUnknownKey() {
    PushLog.Listed nothing = log().list("k" + UUID.randomUUID(), LONG_AGO, null, 10);
    assertNotNull(nothing.page());
    assertEquals(List.of(), nothing.page().items());
    assertEquals(0, nothing.notKept());
  }
}
