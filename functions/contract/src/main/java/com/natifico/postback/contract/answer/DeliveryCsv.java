package com.natifico.postback.contract.answer;

import com.natifico.postback.delivery.Delivery;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Deliveries as CSV (RFC 4180): a header row, then one row for each delivery, with its members
 * except {@code attempts} and {@code body}, and the last attempt. An object is written as JSON.
 */
public final class DeliveryCsv {
  /** The members of a delivery. */
  static final List<String> MEMBERS =
      List.of(
          "delivery_id",
          "affiliate_id",
          "offer_id",
          "postback_id",
          "conversion_id",
          "event_id",
          "conversion_status",
          "goal",
          "ref_id",
          "sum",
          "currency",
          "revision",
          "test",
          "state",
          "reason",
          "method",
          "url",
          "headers",
          "attempts_omitted",
          "next_attempt_at",
          "created_at",
          "failed_reason",
          "superseded_by");

  /** The members of the last attempt. */
  private static final List<String> LAST_ATTEMPT = List.of("outcome", "http_status", "at");

  private static final String LINE_END = "\r\n";

  /** What a spreadsheet would run as a formula (OWASP, CSV injection). */
  private static final Pattern FORMULA = Pattern.compile("[=+\\-@\t\r].*", Pattern.DOTALL);

  private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?");

  private DeliveryCsv() {}

  public static String write(List<Delivery> deliveries) {
    StringBuilder csv = new StringBuilder();
    csv.append(String.join(",", MEMBERS)).append(',').append(String.join(",", LAST_ATTEMPT));
    csv.append(LINE_END);
    for (Delivery delivery : deliveries) {
      DeliveryAnswer answer = DeliveryAnswer.of(delivery);
      List<DeliveryAnswer.AttemptAnswer> attempts = answer.progress().attempts();
      appendCells(csv, AnswerJson.members(answer), MEMBERS);
      csv.append(',');
      appendCells(
          csv,
          attempts.isEmpty() ? Map.of() : AnswerJson.members(attempts.getLast()),
          LAST_ATTEMPT);
      csv.append(LINE_END);
    }
    return csv.toString();
  }

  private static void appendCells(
      StringBuilder csv, Map<String, @Nullable Object> members, List<String> names) {
    String separator = "";
    for (String name : names) {
      csv.append(separator).append(cell(members.get(name)));
      separator = ",";
    }
  }

  private static String json(Map<?, ?> texts) {
    return StreamedJson.object(
        out -> {
          for (Map.Entry<?, ?> text : texts.entrySet()) {
            StreamedJson.text(out, text.getKey().toString(), text.getValue().toString());
          }
        });
  }

  private static String cell(@Nullable Object value) {
    String text =
        switch (value) {
          case null -> "";
          case Map<?, ?> object -> object.isEmpty() ? "" : json(object);
          default -> value.toString();
        };
    if (value instanceof String
        && FORMULA.matcher(text).matches()
        && !NUMBER.matcher(text).matches()) {
      text = "'" + text;
    }
    return text.matches("(?s).*[\",\r\n].*") ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }
}
