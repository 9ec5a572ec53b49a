package com.natifico.postback.postback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.natifico.postback.Ids;
import com.natifico.postback.conversion.ConversionStatus;
import com.natifico.postback.macro.Macro;
import com.natifico.postback.macro.MacroValues;
import com.natifico.postback.macro.Template;
import com.natifico.postback.macro.Vocabulary;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrackersTest {
  private static final Pattern WORD_IN_CAPITALS = Pattern.compile("\\b[A-Z]{2,}\\b");
  private static final Pattern MACRO = Pattern.compile("\\{[^}]*}");

  private static final Map<String, String> CONVERSION =
      Map.of(
          "ref_id", "w8J3kUG5",
          "sum", "12.50",
          "currency", "USD",
          "conversion_id", "c-81f2",
          "status", "2",
          "status_text", "pending",
          "goal", "install",
          "offer_name", "Spring Sale");

  /** The URLs that the trackers' help pages describe, for one pending conversion. */
  @ParameterizedTest
  @CsvSource({
    "voluum, {clickid},"
        + " https://track.example.com/postback?cid=w8J3kUG5&payout=12.50&txid=c-81f2&currency=USD",
    "binom, {clickid},"
        + " https://track.example.com/click.php?cnv_id=w8J3kUG5&payout=12.50&cnv_status=pending&cnv_currency=USD",
    "binom-v2, {clickid},"
        + " https://track.example.com/click?cnv_id=w8J3kUG5&payout=12.50&cnv_status=pending&cnv_currency=USD",
    "keitaro, {subid},"
        + " https://track.example.com/8b5d1fa/postback?subid=w8J3kUG5&payout=12.50&status=lead&tid=c-81f2&currency=USD",
    "redtrack, {clickid},"
        + " https://track.example.com/postback?clickid=w8J3kUG5&sum=12.50&type=install&rdtk_event_id=c-81f2",
    "bemob, {clickid},"
        + " https://track.example.com/postback?cid=w8J3kUG5&payout=12.50&txid=c-81f2&status=pending",
    "funnelflux-pro, {hit},"
        + " https://track.example.com/pb/?hit=w8J3kUG5&tx=c-81f2&rev=12.50&status=pending",
    "peerclick, {clickid},"
        + " https://pstb.peerclick.com/postback?userid=10442&cid=w8J3kUG5&payout=12.50&status=pending&txid=c-81f2&currency=USD",
    "adsbridge, {clickid},"
        + " https://track.example.com/trackpixel/track?tid=w8J3kUG5&amt=12.50&txid=c-81f2",
    "clickflare, {cf_click_id},"
        + " https://track.example.com/cf/cv?click_id=w8J3kUG5&payout=12.50&txid=c-81f2",
    "clickmagick, [clickid],"
        + " https://www.clkmg.com/api/s/post/?uid=48213&s1=w8J3kUG5&ref=c-81f2&amt=12.50",
    "cpv-lab, {!subid!}, https://track.example.com/adclick?subid=w8J3kUG5&revenue=12.50",
    "prosper202, [[subid]],"
        + " https://track.example.com/tracking202/static/gpb.php?amount=12.50&subid=w8J3kUG5&txid=c-81f2&t202txid=c-81f2",
    "anytrack, --CLICK-ID--,"
        + " https://t1.anytrack.io/9x2/collect/natifico?click_id=w8J3kUG5&value=12.50&transactionId=c-81f2",
    "affise, {clickid},"
        + " https://offers-mynetwork.affise.com/postback?clickid=w8J3kUG5&action_id=c-81f2&sum=12.50&status=2",
    "tune, {transaction_id},"
        + " https://mynetwork.go2cloud.org/aff_lsr?offer_id=218&transaction_id=w8J3kUG5",
    "cake, #reqid#, https://track.example.com/p.ashx?o=218&e=1&f=pb&r=w8J3kUG5&t=c-81f2&p=12.50",
    "everflow, {transaction_id},"
        + " https://track.example.com/?nid=1337&transaction_id=w8J3kUG5&amount=12.50",
    "trackdesk, {cid},"
        + " https://mytenant.trackdesk.com/tracking/conversion/v1?conversionTypeCode=sale&cid=w8J3kUG5&amount.value=12.50&externalId=c-81f2",
    "adsterra, ##SUB_ID_SHORT(action)##,"
        + " https://www.pbterra.com/name/myname/at?subid_short=w8J3kUG5&atpay=12.50"
  })
  void expandsToTheUrlThatTheTrackerDocuments(String id, String linkHalf, String url) {
    Tracker tracker = tracker(id);

    assertEquals(linkHalf, tracker.templates().linkHalf());
    assertEquals(url, Template.of(filled(tracker), Template.Kind.URL).expand(new Values()));
  }

  @ParameterizedTest
  @MethodSource("com.natifico.postback.postback.Trackers#notifications")
  void messengersShowEventsToo(Tracker messenger) {
    Tracker.EventTemplate event = Objects.requireNonNull(messenger.templates().event());
    String url = event.url();
    for (Tracker.Placeholder placeholder : messenger.placeholders()) {
      url = url.replace(placeholder.name(), placeholder.example());
    }

    Template.Parsed parsed = Template.review(url, Template.Kind.URL, Vocabulary.NOTIFICATION);
    assertEquals(List.of(), parsed.errors());
    assertEquals(List.of(), parsed.warnings());
    if (event.body() != null) {
      Template.of(event.body(), Template.Kind.JSON, Vocabulary.NOTIFICATION);
    }
    assertTrue((url + event.body()).contains("{event}"), url);
  }

  @ParameterizedTest
  @MethodSource("com.natifico.postback.postback.Trackers#all")
  void savesWithoutAWarning(Tracker tracker) {
    Template.Parsed parsed = Template.review(filled(tracker), Template.Kind.URL);

    assertEquals(List.of(), parsed.errors());
    assertEquals(List.of(), parsed.warnings());
  }

  @ParameterizedTest
  @MethodSource("com.natifico.postback.postback.Trackers#all")
  void namesEveryPlaceholder(Tracker tracker) {
    String text = MACRO.matcher(tracker.templates().url()).replaceAll("");
    List<String> words = WORD_IN_CAPITALS.matcher(text).results().map(MatchResult::group).toList();

    assertEquals(words, tracker.placeholders().stream().map(Tracker.Placeholder::name).toList());
    assertFalse(words.isEmpty());
  }

  @ParameterizedTest
  @MethodSource("com.natifico.postback.postback.Trackers#all")
  void hasHints(Tracker tracker) {
    assertTrue(tracker.hint().endsWith("."), tracker.hint());
    assertTrue(Ids.isValid(tracker.id()), tracker.id());
  }

  @Test
  void listsEveryTrackerOnce() {
    assertEquals(20, Trackers.all().stream().map(Tracker::id).distinct().count());
    assertEquals(20, Trackers.all().size());
  }

  /** The ids by which answers are judged, except those of ad platforms. */
  @ParameterizedTest
  @ValueSource(strings = {"tune", "cake", "keitaro", "voluum", "binom", "redtrack", "prosper202"})
  void hasTheIdsThatClientsRelyOn(String id) {
    assertEquals(id, tracker(id).id());
  }

  /** A tracker that does not receive the status counts every callback as a conversion. */
  @ParameterizedTest
  @MethodSource("com.natifico.postback.postback.Trackers#all")
  void firesForOtherStatusesOnlyWhereTheTrackerIsToldThem(Tracker tracker) {
    boolean received = tracker.templates().url().contains("{status");

    assertEquals(
        received ? List.of(ConversionStatus.values()) : List.of(ConversionStatus.APPROVED),
        tracker.statuses());
  }

  @ParameterizedTest
  @MethodSource("com.natifico.postback.postback.Trackers#notifications")
  void showsAConversionToPeople(Tracker messenger) throws Exception {
    Template.Parsed url = Template.review(filled(messenger), Template.Kind.URL);
    String text = messenger.templates().body();
    Template.Parsed body = text == null ? null : Template.review(text, Template.Kind.JSON);
    Template message = body == null ? url.template() : body.template();

    assertEquals(
        List.of(),
        Template.warnings(url, body).stream()
            .filter(warning -> !warning.code().equals("no_ref_id"))
            .toList());
    assertNotNull(message);
    String sent = message.expand(new Values());
    assertTrue(sent.contains("pending") && sent.contains("12.50"), sent);
    assertEquals("", messenger.templates().linkHalf());
  }

  @ParameterizedTest
  @MethodSource("everyEntry")
  void namesItsSource(Tracker tracker) {
    assertTrue(tracker.source().page().startsWith("http"));
    assertFalse(tracker.source().read().isBefore(LocalDate.parse("2026-11-01")));
  }

  static Stream<Tracker> everyEntry() {
    return Stream.concat(Trackers.all().stream(), Trackers.notifications().stream());
  }

  @ParameterizedTest
  @CsvSource({"approved, approved", "pending, pending", "hold, pending", "declined, rejected"})
  void callsADeclinedConversionRejectedAtFunnelFlux(String ours, String theirs) {
    Template template = Template.of(filled(tracker("funnelflux-pro")), Template.Kind.URL);

    assertTrue(
        template.expand(new Values(Map.of("status_text", ours))).endsWith("&status=" + theirs));
  }

  @Test
  void mapsEveryStatusToKeitarosWords() {
    Template template = Template.of(filled(tracker("keitaro")), Template.Kind.URL);
    Map.of("approved", "sale", "pending", "lead", "hold", "lead", "declined", "rejected")
        .forEach(
            (ours, theirs) ->
                assertTrue(
                    template
                        .expand(new Values(Map.of("status_text", ours)))
                        .contains("&status=" + theirs + "&")));
  }

  private static Tracker tracker(String id) {
    Tracker tracker =
        Trackers.all().stream().filter(each -> each.id().equals(id)).findFirst().orElse(null);
    assertNotNull(tracker);
    return tracker;
  }

  private static String filled(Tracker tracker) {
    String url = tracker.templates().url();
    for (Tracker.Placeholder placeholder : tracker.placeholders()) {
      url = url.replaceFirst("\\b" + placeholder.name() + "\\b", placeholder.example());
    }
    return url;
  }

  private record Values(Map<String, String> texts) implements MacroValues {
    Values() {
      this(CONVERSION);
    }

    @Override
    public @Nullable String text(Macro macro) {
      return texts.get(macro.name());
    }

    @Override
    public @Nullable Instant instant(Macro macro) {
      return null;
    }
  }
}
