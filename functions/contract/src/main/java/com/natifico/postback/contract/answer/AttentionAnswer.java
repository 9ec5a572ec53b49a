package com.natifico.postback.contract.answer;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.natifico.postback.directory.Attention;
import com.natifico.postback.directory.Trouble;
import com.natifico.postback.postback.PausedReason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A postback that needs attention. */
public record AttentionAnswer(
    String affiliateId,
    String postbackId,
    @Nullable String label,
    @Nullable String offerId,
    @JsonUnwrapped Cause cause,
    long held,
    @JsonProperty("failed_24h") long failedRecently) {

  /**
   * What is wrong with it.
   *
   * @param why {@code paused} or {@code failing}
   * @param reason why it is paused; null if it is failing
   */
  public record Cause(String why, @Nullable String reason, Instant since) {
    static Cause of(Trouble trouble) {
      PausedReason paused = trouble.paused();
      return paused == null
          ? new Cause("failing", null, trouble.since())
          : new Cause("paused", paused.word(), trouble.since());
    }
  }

  public static AttentionAnswer of(Attention.Entry entry) {
    Trouble trouble = entry.trouble();
    return new AttentionAnswer(
        trouble.postback().affiliateId(),
        trouble.postback().postbackId(),
        trouble.label(),
        trouble.offerId(),
        Cause.of(trouble),
        Math.max(0, entry.held()),
        Math.max(0, entry.failedRecently()));
  }
}
