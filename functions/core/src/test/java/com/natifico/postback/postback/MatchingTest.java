package com.natifico.postback.postback;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.natifico.postback.conversion.Conversion;
import com.natifico.postback.conversion.ConversionStatus;
import com.natifico.postback.conversion.EventIdentity;
import com.natifico.postback.conversion.PushedFields;
import com.natifico.postback.testing.Samples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The decision table of matching. */
final class MatchingTest {
  /**
   * Postbacks are written {@code id[own|global][,status=..][,goal=..][,also][,paused][,url=..]},
   * the event as {@code status/goal}, and what follows as {@code id} for sent, {@code id:held} and
   * {@code id:reason[>same_as]}.
   */
  @ParameterizedTest(name = "{0} on {1}: {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # the most specific match wins
          approved/1       | a own                                  | a
          approved/1       | a global                               | a
          approved/1       | a own; b global                        | a b:replaced_by_offer_postback
          approved/1       | a own; b own; c global                 | a b c:replaced_by_offer_postback
          approved/1       | a own; b global also                   | a b
          approved/1       | a own; b global also; c global         | a b c:replaced_by_offer_postback
          approved/1       | a own also; b global; c global         | a b c
          approved/1       | a own also; b own; c global            | a b c
          approved/1       | a own also status=hold; b own; c global | b a:status_filtered c:replaced_by_offer_postback
          approved/1       | a own also paused; b global            | b a:held
          approved/1       | a global; b global                     | a b
          approved/1       | a global also                          | a
          # filters are judged first, then replacement
          pending/1        | a own                                  | a:status_filtered
          pending/1        | a own; b global status=pending         | b a:status_filtered
          approved/1       | a own goal=2; b global                 | b a:goal_filtered
          approved/1       | a own status=pending goal=2            | a:status_filtered
          approved/1       | a own; b global status=pending         | a b:status_filtered
          approved/1       | a own; b global goal=2                 | a b:goal_filtered
          declined/1       | a own; b global                        | a:status_filtered b:status_filtered
          hold/1           | a own status=hold                      | a
          pending/1        | a own status=approved+pending          | a
          # goals, whatever their case
          approved/Install | a own goal=install                     | a
          approved/install | a own goal=INSTALL+buy                 | a
          approved/buy     | a own goal=install                     | a:goal_filtered
          approved/1       | a own goal=install                     | a:goal_filtered
          # paused ones count as matching, and are held
          approved/1       | a own paused; b global                 | a:held b:replaced_by_offer_postback
          approved/1       | a own paused; b own                    | b a:held
          approved/1       | a own paused; b global also            | b a:held
          approved/1       | a global paused                        | a:held
          pending/1        | a own paused; b global status=pending  | b a:status_filtered
          # a correction fires only where it is wanted
          approved/1/2     | a own; b own corrections               | b a:revision_ignored
          approved/1/2     | a own; b global corrections            | b a:revision_ignored
          approved/1/1     | a own; b own corrections               | a b
          pending/1/2      | a own corrections; b own status=pending | a:status_filtered b:revision_ignored
          # equal callbacks are sent once, by an active one rather than a paused one
          approved/1       | a own url=u; b own url=u               | a b:same_as>a
          approved/1       | a own url=u; b global also url=u       | a b:same_as>a
          approved/1       | a own url=u paused; b own url=u        | b a:same_as>b
          approved/1       | a own url=u paused; b own url=u paused | a:held b:same_as>a
          approved/1       | a own url=u; b own url=u; c own url=u  | a b:same_as>a c:same_as>a
          approved/1       | a own url=u; b global url=u            | a b:replaced_by_offer_postback
          approved/1       | a own url=u; b own url=v               | a b
          # the order is the offer's own first, then by age
          approved/1       | b global also; c own; a own            | a c b
          """)
  void selects(String event, String postbacks, String expected) {
    String[] statusAndGoal = event.split("/");
    Conversion usual = Samples.conversion("c-1");
    Conversion conversion =
        new Conversion(
            new EventIdentity(
                usual.affiliateId(),
                usual.conversionId(),
                statusAndGoal[1],
                ConversionStatus.of(statusAndGoal[0]),
                statusAndGoal.length > 2 ? Integer.parseInt(statusAndGoal[2]) : 1),
            usual.offerId(),
            null,
            null,
            PushedFields.NONE);
    List<Postback> candidates =
        Arrays.stream(postbacks.split(";")).map(String::strip).map(MatchingTest::postback).toList();

    Matching.Selection selection =
        Matching.select(
            conversion,
            candidates,
            postback ->
                new CallbackRequest(
                    HttpMethod.GET, postback.settings().request().url(), null, null));

    assertEquals(sorted(expected), sorted(shown(selection)));
    assertEquals(
        sent(expected),
        selection.sent().stream().map(match -> match.postback().postbackId()).toList());
  }

  private static List<String> sent(String expected) {
    return Arrays.stream(expected.split(" ")).filter(word -> !word.contains(":")).toList();
  }

  private static List<String> sorted(String words) {
    return Arrays.stream(words.split(" ")).sorted().toList();
  }

  private static String shown(Matching.Selection selection) {
    List<String> words = new ArrayList<>();
    selection.sent().forEach(match -> words.add(match.postback().postbackId()));
    Set<String> held =
        selection.held().stream()
            .map(match -> match.postback().postbackId())
            .collect(Collectors.toSet());
    selection
        .skipped()
        .forEach(
            skipped -> {
              String reason = skipped.reason().word();
              boolean isHeld = reason.equals("paused") && held.remove(skipped.postbackId());
              words.add(
                  skipped.postbackId()
                      + ':'
                      + (isHeld ? "held" : reason)
                      + (skipped.sameAs() == null ? "" : ">" + skipped.sameAs()));
            });
    return String.join(" ", words);
  }

  private static Postback postback(String text) {
    String[] words = text.split(" +");
    String id = words[0];
    List<String> rest = Arrays.asList(words).subList(1, words.length);
    Postback usual = Samples.postback(id, rest.contains("own") ? Samples.OFFER : null);
    Set<ConversionStatus> statuses =
        Arrays.stream(value(rest, "status", "approved").split("\\+"))
            .map(word -> ConversionStatus.of(word))
            .collect(Collectors.toSet());
    String goals = value(rest, "goal", "");
    return new Postback(
        usual.key(),
        new PostbackSettings(
            usual.scope(),
            RequestTemplate.get("https://track.example.com/" + value(rest, "url", id)),
            new EventFilter(
                statuses,
                goals.isEmpty() ? List.of() : List.of(goals.split("\\+")),
                rest.contains("corrections")),
            rest.contains("also"),
            null,
            SendingSettings.USUAL,
            Judging.BY_STATUS),
        rest.contains("paused")
            ? new PostbackStatus.Paused(PausedReason.BY_HAND)
            : PostbackStatus.healthy(),
        usual.revision());
  }

  private static String value(List<String> words, String name, String otherwise) {
    return words.stream()
        .filter(word -> word.startsWith(name + "="))
        .map(word -> word.substring(name.length() + 1))
        .findFirst()
        .orElse(otherwise);
  }
}
