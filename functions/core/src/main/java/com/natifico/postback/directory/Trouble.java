package com.natifico.postback.directory;

import com.natifico.postback.postback.PausedReason;
import com.natifico.postback.postback.PostbackKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A postback that is paused or failing.
 *
 * @param offerId null for a global postback
 * @param paused why it is paused; null if it is failing
 * @param since when it was paused or last edited, or when the first of its current failures ended
 */
public record Trouble(
    PostbackKey postback,
    @Nullable String label,
    @Nullable String offerId,
    @Nullable PausedReason paused,
    Instant since) {
  /** Which kind of trouble it is, the worst first. */
  public enum Severity {
    /** Nothing is sent, and no person has decided that. */
    PAUSED_AUTOMATICALLY,
    FAILING,
    PAUSED_BY_HAND
  }

  public Severity severity() {
    return switch (paused) {
      case null -> Severity.FAILING;
      case BY_HAND -> Severity.PAUSED_BY_HAND;
      case GONE, FAILING -> Severity.PAUSED_AUTOMATICALLY;
    };
  }
}
