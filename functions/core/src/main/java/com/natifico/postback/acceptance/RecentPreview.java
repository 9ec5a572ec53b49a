package com.natifico.postback.acceptance;

import com.natifico.postback.Page;
import com.natifico.postback.conversion.ConversionEvent;
import com.natifico.postback.conversion.ConversionMacros;
import com.natifico.postback.conversion.EventQuery;
import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.postback.CallbackRequest;
import com.natifico.postback.postback.Expansion;
import com.natifico.postback.postback.RequestTemplate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a request template would send for an affiliate's newest events, beside what was sent. */
public final class RecentPreview {
  /** The limit of examples of one preview. */
  public static final int MOST = 20;

  /** The limit of pages that are read to find them. */
  private static final int PAGES = 5;

  /** In characters, for all examples together: they must fit into one response of Lambda. */
  private static final int MAX_SIZE = 1_250_000;

  /** Of {@code delivery_id} and {@code rand} where no postback is named. */
  private static final String SAMPLE_POSTBACK = "preview";

  private final EventHistory history;

  public RecentPreview(EventHistory history) {
    this.history = history;
  }

  /**
   * One event.
   *
   * @param sent what the named postback sent for it; null if it has made no attempt
   */
  public record Example(
      String conversionId, CallbackRequest request, @Nullable CallbackRequest sent) {
    private int size() {
      return request.length() + (sent == null ? 0 : sent.length());
    }
  }

  /**
   * The newest events first, without test conversions.
   *
   * @param postbackId the postback whose requests are compared; null for none
   * @param most the number of examples, at most {@link #MOST}
   */
  public List<Example> of(
      String affiliateId, RequestTemplate template, @Nullable String postbackId, int most) {
    Expansion expansion = Expansion.of(template);
    EventQuery newest = new EventQuery(null, null, null, EventQuery.Order.NEWEST_FIRST);
    List<Example> examples = new ArrayList<>();
    String after = null;
    int size = 0;
    for (int i = 0; i < PAGES; i++) {
      Page<EventHistory.Entry> page = history.page(affiliateId, newest, after, most, _ -> true);
      for (EventHistory.Entry entry : page.items()) {
        if (entry.event().test()) {
          continue;
        }
        Example example = example(entry, expansion, postbackId);
        size += example.size();
        if (examples.size() == most || size > MAX_SIZE) {
          return examples;
        }
        examples.add(example);
      }
      after = page.next();
      if (after == null) {
        return examples;
      }
    }
    return examples;
  }

  private Example example(
      EventHistory.Entry entry, Expansion expansion, @Nullable String postbackId) {
    ConversionEvent event = entry.event();
    CallbackRequest request =
        expansion.expand(
            ConversionMacros.of(
                event,
                postbackId == null ? SAMPLE_POSTBACK : postbackId,
                history.previousOf(event)));
    CallbackRequest sent =
        entry.deliveries().stream()
            .filter(row -> row.callback().postbackId().equals(postbackId))
            .filter(row -> row.history().count() > 0)
            .map(Delivery::callback)
            .map(callback -> callback.request())
            .findFirst()
            .orElse(null);
    return new Example(event.conversion().conversionId(), request, sent);
  }
}
