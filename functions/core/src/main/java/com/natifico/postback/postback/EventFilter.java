package com.natifico.postback.postback;

import com.natifico.postback.conversion.Conversion;
import com.natifico.postback.conversion.ConversionStatus;
import com.natifico.postback.conversion.Skipped.Reason;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The events for which a postback fires.
 *
 * @param statuses never empty
 * @param goals compared without case; empty for any goal
 * @param corrections whether the postback also fires for revisions above 1 of an event
 */
public record EventFilter(Set<ConversionStatus> statuses, List<String> goals, boolean corrections) {
  /** Approved conversions of any goal. */
  public static final EventFilter APPROVED =
      new EventFilter(Set.of(ConversionStatus.APPROVED), List.of(), false);

  /** Every event. */
  public static final EventFilter ANY =
      new EventFilter(Set.of(ConversionStatus.values()), List.of(), true);

  public EventFilter {
    statuses = Set.copyOf(statuses);
    goals = List.copyOf(goals);
    if (statuses.isEmpty()) {
      throw new IllegalArgumentException("a postback without statuses never fires");
    }
  }

  /** The reason why this conversion's event does not match; null if it matches. */
  @Nullable Reason mismatch(Conversion conversion) {
    if (!statuses.contains(conversion.status())) {
      return Reason.STATUS_FILTERED;
    }
    if (!goals.isEmpty() && goals.stream().noneMatch(conversion.goal()::equalsIgnoreCase)) {
      return Reason.GOAL_FILTERED;
    }
    return conversion.identity().isCorrection() && !corrections ? Reason.REVISION_IGNORED : null;
  }
}
