package com.natifico.postback.cli.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.natifico.postback.cli.api.AffiliateApi;
import com.natifico.postback.cli.api.ApiConnection;
import com.natifico.postback.cli.doctor.Diagnosis.Advice;
import com.natifico.postback.cli.doctor.Diagnosis.EventCase;
import com.natifico.postback.cli.doctor.Diagnosis.EventName;
import com.natifico.postback.cli.output.PrintableText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Explains what became of a conversion. */
public final class Doctor {
  /** The limit of one conversion's deliveries, as in the console. */
  private static final int DELIVERIES = 200;

  /** In this order, the first that occurs decides what is to be done. */
  private static final List<String> BY_STATE =
      List.of("pending", "held", "delivered", "superseded");

  /** Of a template, which may have macros after it. */
  private static final Pattern HOST = Pattern.compile("^https?://([^/?#]+)");

  private static final Set<String> BY_RULE = Set.of("rejected", "deferred_by_rule");

  private final AffiliateApi api;
  private final int requests;
  private final Consumer<String> progress;

  /**
   * @param requests the limit of requests of the search for a click id
   * @param progress called with the time until which the search has come
   */
  public Doctor(AffiliateApi api, int requests, Consumer<String> progress) {
    this.api = api;
    this.requests = requests;
    this.progress = progress;
  }

  /**
   * Finds what this id belongs to, and explains it.
   *
   * @param id of a click, a conversion (the transaction of trackers), an event or a delivery
   */
  public Diagnosis diagnose(String id) throws InterruptedException {
    Lookup.Found found = new Lookup(api, requests, progress).find(id);
    List<String> sentences = new ArrayList<>();
    if (found.by() == null) {
      sentences.add(DoctorTexts.NONE.formatted(PrintableText.of(id)) + ".");
      sentences.add(DoctorTexts.NONE_TEXT);
    } else {
      sentences.add(DoctorTexts.FOUND_BY.getOrDefault(found.by(), ""));
    }
    if (found.searchedUntil() != null) {
      sentences.add(DoctorTexts.SEARCHED.formatted(found.searchedUntil()));
    }
    List<EventCase> events = new ArrayList<>();
    if (!found.conversions().isEmpty()) {
      Map<String, JsonNode> postbacks = api.postbacks(Map.of());
      for (String conversion : found.conversions()) {
        events.addAll(conversion(conversion, postbacks));
      }
    }
    return new Diagnosis(id, sentences, events);
  }

  private List<EventCase> conversion(String id, Map<String, JsonNode> postbacks)
      throws InterruptedException {
    Map<String, JsonNode> deliveries = new HashMap<>();
    api.list(
        "/deliveries",
        Map.of("conversion_id", id),
        DELIVERIES,
        requests,
        each -> deliveries.put(each.path("delivery_id").asText(), each),
        page -> {});
    JsonNode outcome = api.get("/conversions/" + ApiConnection.segment(id), Map.of());
    return each(outcome.path("events"))
        .map(event -> new Explanation(event, deliveries, postbacks).explained())
        .toList();
  }

  static Stream<JsonNode> each(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  /**
   * Explains an event.
   *
   * @param deliveries those of the conversion, by their ids
   * @param postbacks those of the affiliate, by their ids
   */
  record Explanation(
      JsonNode event, Map<String, JsonNode> deliveries, Map<String, JsonNode> postbacks) {
    EventCase explained() {
      List<JsonNode> own =
          Stream.concat(each(event.path("callbacks")), each(event.path("skipped")))
              .map(each -> deliveries.get(each.path("delivery_id").asText()))
              .filter(each -> each != null)
              .toList();
      List<JsonNode> attempted =
          own.stream().filter(delivery -> !delivery.path("attempts").isEmpty()).toList();
      String matched =
          each(event.path("callbacks"))
              .map(each -> name(each.path("postback_id").asText()))
              .collect(Collectors.joining(", "));
      return new EventCase(
          new EventName(
              PrintableText.of(event.path("conversion_id").asText()),
              event.path("event_id").asText(),
              event.path("status").asText(),
              PrintableText.of(event.path("goal").asText())),
          verdict(),
          pushed(),
          matched.isEmpty() ? DoctorTexts.NOTHING_MATCHED : matched,
          attempted.stream().map(this::sent).toList(),
          attempted.stream().map(this::answer).toList(),
          new Advice(next(own), notSent(), own.stream().map(Explanation::delivery).toList()));
    }

    private List<String> states() {
      return Stream.concat(each(event.path("callbacks")), each(event.path("skipped")))
          .map(each -> each.path("state").asText())
          .toList();
    }

    private DoctorVerdict verdict() {
      List<String> states = states();
      if (states.contains("failed")) {
        return DoctorVerdict.FAILED;
      }
      if (states.contains("pending") || states.contains("retrying")) {
        return DoctorVerdict.WAITING;
      }
      if (states.contains("held")) {
        return DoctorVerdict.HELD;
      }
      if (states.contains("delivered")) {
        return DoctorVerdict.DELIVERED;
      }
      if (states.contains("superseded")) {
        return DoctorVerdict.SUPERSEDED;
      }
      boolean hadNone =
          each(event.path("skipped"))
              .anyMatch(each -> each.path("reason").asText().equals("no_postback"));
      return hadNone ? DoctorVerdict.NO_POSTBACK : DoctorVerdict.SKIPPED;
    }

    private String pushed() {
      String click = event.path("ref_id").asText("");
      return Stream.of(
              event.path("created_at").asText(),
              DoctorTexts.OFFER.formatted(event.path("offer_id").asText()),
              (event.path("sum").asText("") + " " + event.path("currency").asText("")).strip(),
              click.isEmpty()
                  ? DoctorTexts.NO_CLICK
                  : DoctorTexts.CLICK.formatted(PrintableText.of(click)))
          .filter(text -> !text.isEmpty())
          .collect(Collectors.joining(" · "));
    }

    /** The postback's label or host, and its id. */
    private String name(String postbackId) {
      JsonNode postback = postbacks.get(postbackId);
      if (postback == null) {
        return postbackId;
      }
      String label = postback.path("label").asText(host(postback.path("url").asText()));
      return PrintableText.of(label) + " (" + postbackId + ")";
    }

    private static String host(String url) {
      Matcher host = HOST.matcher(url);
      return host.find() ? host.group(1) : url;
    }

    private static JsonNode last(JsonNode delivery) {
      JsonNode attempts = delivery.path("attempts");
      return attempts.path(attempts.size() - 1);
    }

    private String sent(JsonNode delivery) {
      int number = last(delivery).path("number").asInt();
      return "%s: %d %s, %s"
          .formatted(
              name(delivery.path("postback_id").asText()),
              number,
              number == 1 ? "attempt" : "attempts",
              last(delivery).path("at").asText());
    }

    private String answer(JsonNode delivery) {
      JsonNode last = last(delivery);
      String outcome = last.path("outcome").asText();
      boolean hasStatus = !last.path("http_status").isNull() && !BY_RULE.contains(outcome);
      String answer =
          hasStatus
              ? DoctorTexts.HTTP.formatted(last.path("http_status").asText())
              : DoctorTexts.OUTCOME.getOrDefault(outcome, outcome);
      String snippet = PrintableText.of(last.path("response_snippet").asText(""));
      return snippet.isEmpty() ? answer : answer + ": " + snippet;
    }

    private static String delivery(JsonNode delivery) {
      return delivery.path("delivery_id").asText() + " " + delivery.path("state").asText();
    }

    /** What to do, by the worst of the deliveries. */
    private String next(List<JsonNode> own) {
      Optional<JsonNode> failed =
          own.stream().filter(each -> each.path("state").asText().equals("failed")).findFirst();
      if (failed.isPresent()) {
        return (why(failed.get()) + " " + toDo("failed")).strip();
      }
      Optional<JsonNode> retrying =
          own.stream().filter(each -> !each.path("next_attempt_at").isNull()).findFirst();
      if (retrying.isPresent()) {
        return "%s %s."
            .formatted(toDo("retrying"), retrying.get().path("next_attempt_at").asText());
      }
      List<String> states = states();
      Optional<String> state = BY_STATE.stream().filter(states::contains).findFirst();
      return state
          .map(Explanation::toDo)
          .or(
              () ->
                  each(event.path("skipped"))
                      .map(each -> DoctorTexts.SKIPPED_HINT.get(each.path("reason").asText()))
                      .filter(each -> each != null)
                      .findFirst())
          .orElse(toDo("skipped"));
    }

    private static String toDo(String state) {
      return DoctorTexts.TO_DO.getOrDefault(state, "");
    }

    private static String why(JsonNode failed) {
      String reason = failed.path("reason").asText("");
      return reason.isEmpty()
          ? help(last(failed))
          : DoctorTexts.DELIVERY_REASON.getOrDefault(reason, "");
    }

    private static String help(JsonNode attempt) {
      String outcome = attempt.path("outcome").asText();
      return switch (outcome) {
        case "http_error" -> DoctorTexts.httpHelp(attempt.path("http_status").asInt());
        case "rejected" -> {
          String meaning = attempt.path("meaning").asText("other");
          yield meaning.equals("accepted")
              ? ""
              : DoctorTexts.MEANING_HELP.getOrDefault(
                  meaning, DoctorTexts.MEANING_HELP.getOrDefault("other", ""));
        }
        default -> DoctorTexts.OUTCOME_HELP.getOrDefault(outcome, "");
      };
    }

    private List<String> notSent() {
      return each(event.path("skipped")).map(this::skipped).toList();
    }

    private String skipped(JsonNode skipped) {
      String reason = skipped.path("reason").asText();
      String value = event.path(reason.equals("goal_filtered") ? "goal" : "status").asText();
      String sentence =
          DoctorTexts.SKIPPED.getOrDefault(reason, reason).formatted(PrintableText.of(value));
      String other =
          skipped.has("same_as") ? " (" + name(skipped.path("same_as").asText()) + ")" : "";
      String hint = DoctorTexts.SKIPPED_HINT.getOrDefault(reason, "");
      String text = (sentence + other + " " + hint).strip();
      return skipped.path("postback_id").isNull()
          ? text
          : name(skipped.path("postback_id").asText()) + ": " + text;
    }
  }
}
