package com.natifico.postback.cli.doctor;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.natifico.postback.cli.api.ApiJson;
import java.util.List;
import java.util.Locale;

/**
 * What became of the conversions that an id belongs to.
 *
 * @param found by what it was found, or that it was not and what that can mean; several sentences
 * @param events empty if nothing was found
 */
public record Diagnosis(String id, List<String> found, List<EventCase> events) {
  public Diagnosis {
    found = List.copyOf(found);
    events = List.copyOf(events);
  }

  /**
   * An event of a conversion.
   *
   * @param sent for each postback how often and when it was sent
   * @param answers for each of them the tracker's last answer
   */
  public record EventCase(
      EventName name,
      DoctorVerdict verdict,
      String pushed,
      String matched,
      List<String> sent,
      List<String> answers,
      Advice advice) {}

  /** Which event it is. */
  public record EventName(String conversionId, String eventId, String status, String goal) {}

  /**
   * What follows.
   *
   * @param next what to do
   * @param notSent for each postback that was skipped the reason
   * @param deliveries the ids of its deliveries, with their states
   */
  public record Advice(String next, List<String> notSent, List<String> deliveries) {}

  /** Whether every event was delivered, or needs nothing. */
  public boolean isWell() {
    return !events.isEmpty()
        && events.stream()
            .allMatch(
                event ->
                    switch (event.verdict()) {
                      case DELIVERED, WAITING, SUPERSEDED -> true;
                      case FAILED, HELD, SKIPPED, NO_POSTBACK -> false;
                    });
  }

  /** For programs, with the same sentences. */
  public ObjectNode json() {
    ObjectNode json = ApiJson.object().put("id", id);
    found.forEach(json.putArray("found")::add);
    ArrayNode cases = json.putArray("events");
    for (EventCase event : events) {
      ObjectNode one =
          cases
              .addObject()
              .put("conversion_id", event.name().conversionId())
              .put("event_id", event.name().eventId())
              .put("status", event.name().status())
              .put("goal", event.name().goal())
              .put("verdict", event.verdict().name().toLowerCase(Locale.ROOT))
              .put("summary", event.verdict().sentence())
              .put("pushed", event.pushed())
              .put("matched", event.matched());
      event.sent().forEach(one.putArray("sent")::add);
      event.answers().forEach(one.putArray("answers")::add);
      one.put("next", event.advice().next());
      event.advice().notSent().forEach(one.putArray("not_sent")::add);
      event.advice().deliveries().forEach(one.putArray("deliveries")::add);
    }
    return json;
  }

  /** In plain sentences. */
  public String text() {
    StringBuilder text = new StringBuilder();
    found.forEach(each -> text.append(each).append('\n'));
    for (EventCase event : events) {
      EventName name = event.name();
      text.append('\n')
          .append(DoctorTexts.CONVERSION.formatted(name.conversionId()))
          .append(", ")
          .append(name.status())
          .append(", goal ")
          .append(name.goal())
          .append('\n');
      line(text, event.verdict().sentence());
      line(text, DoctorTexts.PUSHED + ": " + event.pushed());
      line(text, DoctorTexts.MATCHED + ": " + event.matched());
      if (event.sent().isEmpty()) {
        line(text, DoctorTexts.SENT + ": " + DoctorTexts.NOT_YET);
      }
      event.sent().forEach(each -> line(text, DoctorTexts.SENT + ": " + each));
      event.answers().forEach(each -> line(text, DoctorTexts.ANSWER + ": " + each));
      line(text, DoctorTexts.NEXT + ": " + event.advice().next());
      event.advice().notSent().forEach(each -> line(text, DoctorTexts.NOT_SENT + ": " + each));
      event.advice().deliveries().forEach(each -> line(text, "Delivery: " + each));
    }
    return text.toString();
  }

  private static void line(StringBuilder text, String line) {
    text.append("  ").append(line).append('\n');
  }
}
