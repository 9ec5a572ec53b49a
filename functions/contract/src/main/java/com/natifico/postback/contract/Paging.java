package com.natifico.postback.contract;

import com.natifico.postback.Ids;
import com.natifico.postback.Page;
import com.natifico.postback.acceptance.EventHistory;
import com.natifico.postback.contract.answer.OutcomeAnswer;
import com.natifico.postback.contract.answer.PageAnswer;
import com.natifico.postback.contract.answer.SearchAnswer;
import com.natifico.postback.contract.input.Fields;
import com.natifico.postback.conversion.EventId;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The requested part of a list.
 *
 * @param list the name of the list with everything that selects from it
 * @param after the position after which the page starts; null for the start of the list
 */
public record Paging(String list, @Nullable String after, int limit) {
  /** How many items a page has if the client does not say it. */
  public static final int DEFAULT_LIMIT = 50;

  /** How many items a page has at most. */
  public static final int MAX_LIMIT = 200;

  /**
   * Reads {@code limit} and {@code cursor}, the last of the parameters.
   *
   * @throws com.natifico.postback.contract.problem.ProblemException 422 if any of the parameters is
   *     invalid
   */
  public static Paging finish(Fields query, String list) {
    return finish(query, list, DEFAULT_LIMIT);
  }

  /** The same for a list whose pages are as long as possible unless the client wants less. */
  public static Paging finishLong(Fields query, String list) {
    return finish(query, list, MAX_LIMIT);
  }

  private static Paging finish(Fields query, String list, int usualLimit) {
    Integer limit = query.integer("limit", 1, MAX_LIMIT);
    String after = cursor(query, list);
    return new Paging(list, after, limit == null ? usualLimit : limit);
  }

  /** Reads {@code cursor}, the last of the fields. */
  public static @Nullable String cursor(Fields fields, String list) {
    fields.anyText("cursor");
    fields.finish();
    String after = Cursor.read(fields, list);
    if (after != null && !Ids.isValid(after)) {
      throw Cursor.invalid();
    }
    return after;
  }

  /** The response: {@code {items, next}}. */
  public <T, A> Response answer(Page<T> page, Function<T, A> answer) {
    return Response.json(
        200,
        new PageAnswer<>(
            page.items().stream().map(answer).toList(), Cursor.encode(list, page.next())));
  }

  /** The response about a conversion: {@code {events, next}}. */
  public Response answerEvents(Page<EventHistory.Entry> page) {
    return Response.json(200, OutcomeAnswer.of(page.items(), Cursor.encode(list, page.next())));
  }

  /**
   * The response of a search: {@code {items, next, searched_until}}.
   *
   * @param page whose positions begin like the ids of events
   */
  public <T, A> Response answerSearch(Page<T> page, Function<T, A> answer) {
    String next = page.next();
    return Response.json(
        200,
        new SearchAnswer<>(
            page.items().stream().map(answer).toList(),
            Cursor.encode(list, next),
            next == null ? null : EventId.timeOf(next)));
  }
}
