package com.natifico.postback.acceptance;

import com.natifico.postback.Page;
import com.natifico.postback.conversion.ConversionEvent;
import com.natifico.postback.conversion.ConversionMacros;
import com.natifico.postback.conversion.EventQuery;
import com.natifico.postback.macro.Template.Finding;
import com.natifico.postback.postback.AdPlatform;
import com.natifico.postback.postback.Conformance;
import com.natifico.postback.postback.Expansion;
import com.natifico.postback.postback.Postback;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Compares an affiliate's newest events with what the ad platform demands that receives a postback.
 * It reads nothing for any other postback.
 */
public final class RecentConformance {
  /** The limit of events that are compared. */
  public static final int EVENTS = 100;

  /** The limit of pages that are read to find them. */
  private static final int PAGES = 3;

  private final EventHistory history;

  public RecentConformance(EventHistory history) {
    this.history = history;
  }

  /**
   * What the newest events lack for which the postback fires, without test conversions; empty if
   * its receiver is not an ad platform, and if there are no such events.
   *
   * @param postback need not be stored
   */
  public List<Finding> of(Postback postback) {
    AdPlatform platform = postback.settings().judging().adPlatform();
    return platform == null ? List.of() : compare(postback, platform);
  }

  private List<Finding> compare(Postback postback, AdPlatform platform) {
    EventQuery newest = new EventQuery(null, null, null, EventQuery.Order.NEWEST_FIRST);
    Conformance conformance = new Conformance(platform, postback.settings().request());
    Expansion expansion = Expansion.of(postback.settings().request());
    String after = null;
    int left = EVENTS;
    for (int i = 0; i < PAGES && left > 0; i++) {
      Page<EventHistory.Entry> page =
          history.page(postback.affiliateId(), newest, after, left, _ -> true);
      for (EventHistory.Entry entry : page.items()) {
        ConversionEvent event = entry.event();
        if (!event.test() && postback.firesFor(event.conversion())) {
          // What was reported before costs a read for each event, and no platform demands it.
          conformance.add(
              expansion.expand(ConversionMacros.of(event, postback.postbackId(), () -> null)),
              ageOf(event));
          left--;
        }
      }
      after = page.next();
      if (after == null) {
        break;
      }
    }
    return conformance.ofRecentEvents();
  }

  private static Duration ageOf(ConversionEvent event) {
    Instant claimedAt = event.id().claimedAt();
    return Duration.between(event.conversion().occurredAtOr(claimedAt), claimedAt);
  }
}
