package com.natifico.postback.contract.answer;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.natifico.postback.push.Refusal;
import com.natifico.postback.push.RefusedPush;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A refused push.
 *
 * @param problem JSON
 * @param truncated true if the content is cut; otherwise left out
 */
public record RefusedPushAnswer(
    Instant at,
    String route,
    @JsonUnwrapped KeyRef key,
    int status,
    @JsonRawValue String problem,
    String content,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean truncated) {

  /**
   * The key that it was pushed with.
   *
   * @param keyLabel null if the key has none, or was revoked
   */
  public record KeyRef(String keyId, @Nullable String keyLabel) {}

  /**
   * A page of refused pushes.
   *
   * @param next the cursor of the next page; null on the last one
   * @param notKept the count of what was not kept in the time of this page
   */
  public record RefusedPushList(
      List<RefusedPushAnswer> items, @Nullable String next, long notKept) {}

  public static RefusedPushAnswer of(RefusedPush push, @Nullable String keyLabel) {
    Refusal refusal = push.refusal();
    return new RefusedPushAnswer(
        push.at(),
        refusal.route(),
        new KeyRef(push.keyId(), keyLabel),
        refusal.status(),
        refusal.problem(),
        refusal.content(),
        refusal.truncated() ? true : null);
  }
}
