package com.natifico.postback.acceptance;

import com.natifico.postback.Page;
import com.natifico.postback.conversion.ConversionEvent;
import com.natifico.postback.conversion.ConversionMacros;
import com.natifico.postback.conversion.EventQuery;
import com.natifico.postback.conversion.PreviousEvent;
import com.natifico.postback.conversion.Skipped;
import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.postback.CallbackRequest;
import com.natifico.postback.postback.Expansions;
import com.natifico.postback.postback.Matching;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.PostbackReader;
import com.natifico.postback.postback.Scope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a postback that is not saved yet would send for an affiliate's newest events, beside what
 * was sent. It competes with the affiliate's other postbacks as they are now.
 */
public final class RecentPreview {
  /** The limit of examples of one preview. */
  public static final int MOST = 20;

  /** The id of a postback that has none yet; it sorts after the ids of stored postbacks. */
  public static final String NEW_POSTBACK = "preview";

  /** The limit of pages that are read to find them. */
  private static final int PAGES = 5;

  /** In characters, for all examples together: they must fit into one response of Lambda. */
  private static final int MAX_SIZE = 1_250_000;

  private final EventHistory history;
  private final PostbackReader postbacks;
  private final Expansions expansions = new Expansions();

  public RecentPreview(EventHistory history, PostbackReader postbacks) {
    this.history = history;
    this.postbacks = postbacks;
  }

  /**
   * One event.
   *
   * @param request what the postback would send, also if it would not be sent
   * @param skipped why it would not be sent; null if it would
   * @param sent what the stored postback with the same id sent for it; null if it has made no
   *     attempt
   */
  public record Example(
      ConversionEvent event,
      CallbackRequest request,
      @Nullable Skipped skipped,
      @Nullable CallbackRequest sent) {
    private int size() {
      return request.length() + (sent == null ? 0 : sent.length());
    }
  }

  /**
   * The newest events first, without test conversions; for the postback of an offer only the events
   * of this offer.
   *
   * @param draft with the id of the stored postback that it would replace, or {@link #NEW_POSTBACK}
   * @param most the number of examples, at most {@link #MOST}
   */
  public List<Example> of(Postback draft, int most) {
    EventQuery newest = new EventQuery(null, null, null, EventQuery.Order.NEWEST_FIRST);
    Map<String, List<Postback>> candidates = new HashMap<>();
    List<Example> examples = new ArrayList<>();
    String after = null;
    int size = 0;
    for (int i = 0; i < PAGES; i++) {
      Page<EventHistory.Entry> page =
          history.page(
              draft.affiliateId(),
              newest,
              after,
              most,
              rows -> rows.isEmpty() || isInScope(draft, rows.getFirst().callback().offerId()));
      for (EventHistory.Entry entry : page.items()) {
        String offerId = entry.event().conversion().offerId();
        if (entry.event().test() || !isInScope(draft, offerId)) {
          continue;
        }
        Example example =
            example(entry, draft, candidates.computeIfAbsent(offerId, id -> candidates(draft, id)));
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

  private static boolean isInScope(Postback draft, String offerId) {
    return !(draft.scope() instanceof Scope.Offer(String own)) || own.equals(offerId);
  }

  /** The postbacks that compete for an event, with the draft instead of what it would replace. */
  private List<Postback> candidates(Postback draft, String offerId) {
    List<Postback> all = new ArrayList<>(postbacks.forOffer(draft.affiliateId(), offerId));
    all.removeIf(each -> each.postbackId().equals(draft.postbackId()));
    all.add(draft);
    return all;
  }

  private Example example(EventHistory.Entry entry, Postback draft, List<Postback> candidates) {
    ConversionEvent event = entry.event();
    String id = draft.postbackId();
    PreviousEvent previous = history.previousOf(event);
    Skipped skipped =
        Matching.select(event.conversion(), candidates, each -> request(each, event, previous))
            .skipped()
            .stream()
            .filter(each -> id.equals(each.postbackId()))
            .findFirst()
            .orElse(null);
    CallbackRequest sent =
        entry.deliveries().stream()
            .filter(row -> row.callback().postbackId().equals(id))
            .filter(row -> row.history().count() > 0)
            .map(Delivery::callback)
            .map(callback -> callback.request())
            .findFirst()
            .orElse(null);
    return new Example(event, request(draft, event, previous), skipped, sent);
  }

  private CallbackRequest request(
      Postback postback, ConversionEvent event, PreviousEvent previous) {
    return expansions
        .of(postback.settings().request())
        .expand(ConversionMacros.of(event, postback.postbackId(), previous));
  }
}
