package com.natifico.postback.contract.answer;

import com.natifico.postback.Page;
import com.natifico.postback.acceptance.EventHistory;
import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.RequestBody;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** Keeps answers below the 6 MB of a Lambda response. */
public final class AnswerSize {
  /**
   * The limit for the long texts of an answer, in characters. A character takes up to four bytes: a
   * quotation mark is escaped in the answer, and both characters again in Lambda's response.
   */
  public static final int MAX_TEXT = 1_250_000;

  /** Room for the members of an item other than its long texts, in characters. */
  private static final int OTHER_MEMBERS = 1_000;

  /** A callback or a skipped postback of an event, in characters. */
  private static final int LINE = 250;

  private AnswerSize() {}

  /** The page, or as much of its beginning as an answer can have. */
  public static Page<Postback> ofPostbacks(Page<Postback> page) {
    return shortened(page, AnswerSize::length, Postback::postbackId);
  }

  /** The page, or as much of its beginning as an answer can have. */
  public static Page<Delivery> ofDeliveries(Page<Delivery> page) {
    return shortened(page, AnswerSize::length, Delivery::id);
  }

  private static <T> Page<T> shortened(
      Page<T> page, ToIntFunction<T> length, Function<T, String> id) {
    int sum = 0;
    for (int i = 0; i < page.items().size(); i++) {
      sum += length.applyAsInt(page.items().get(i));
      if (sum > MAX_TEXT && i > 0) {
        List<T> items = page.items().subList(0, i);
        return new Page<>(items, id.apply(items.getLast()));
      }
    }
    return page;
  }

  /** The length of a delivery's texts. */
  public static int length(Delivery delivery) {
    int length = OTHER_MEMBERS + delivery.callback().request().length();
    for (var attempt : delivery.attempts()) {
      String snippet = attempt.result().responseSnippet();
      length += OTHER_MEMBERS / 2 + (snippet == null ? 0 : snippet.length());
    }
    return length;
  }

  /** The length of an event with its callbacks, of which an answer has a line each. */
  public static int length(EventHistory.Entry entry) {
    int lines =
        entry.event().callbacks().size()
            + entry.event().skipped().size()
            + entry.deliveries().size();
    String refId = entry.event().conversion().fields().byName().getOrDefault("ref_id", "");
    return OTHER_MEMBERS + refId.length() + LINE * lines;
  }

  private static int length(Postback postback) {
    RequestBody body = postback.settings().request().body();
    return 5 * OTHER_MEMBERS
        + postback.settings().request().url().length()
        + (body == null ? 0 : body.text().length())
        + postback.settings().request().headers().length();
  }
}
