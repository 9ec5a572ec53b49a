package com.natifico.postback.postback;

import com.natifico.postback.conversion.ConversionStatus;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An affiliate's stored callback.
 *
 * @param offerId null for a global one
 * @param url a template
 * @param body a template; null for none
 * @param contentType null without a body
 * @param statuses the statuses it fires for, never empty
 * @param goals the goals it fires for, whatever their case; empty for any
 * @param alsoGlobal of an own one: where it matches, the global ones fire as well; of a global one:
 *     it fires even where an own one matches
 * @param pausedReason null unless it is paused
 * @param version from 1, counts the changes that were made to it; the ETag
 * @param signingSecrets the current one first, then those that are being replaced; empty when not
 *     signed
 * @param failingSince when an attempt failed with no success since, as far as it has been noticed;
 *     null while all is well. It belongs to this version, is no part of what a client sees, and
 *     every change of the postback forgets it
 */
public record Postback(
    String postbackId,
    String affiliateId,
    @Nullable String offerId,
    String url,
    HttpMethod method,
    @Nullable String body,
    @Nullable String contentType,
    Set<ConversionStatus> statuses,
    List<String> goals,
    boolean alsoGlobal,
    @Nullable String label,
    PostbackState state,
    @Nullable PausedReason pausedReason,
    Instant createdAt,
    Instant updatedAt,
    long version,
    List<SigningSecret> signingSecrets,
    @Nullable Instant failingSince) {
  public Postback {
    statuses = Set.copyOf(statuses);
    goals = List.copyOf(goals);
    signingSecrets = List.copyOf(signingSecrets);
  }

  /** One that nothing bad is known of. */
  public Postback(
      String postbackId,
      String affiliateId,
      @Nullable String offerId,
      String url,
      HttpMethod method,
      @Nullable String body,
      @Nullable String contentType,
      Set<ConversionStatus> statuses,
      List<String> goals,
      boolean alsoGlobal,
      @Nullable String label,
      PostbackState state,
      @Nullable PausedReason pausedReason,
      Instant createdAt,
      Instant updatedAt,
      long version,
      List<SigningSecret> signingSecrets) {
    this(
        postbackId,
        affiliateId,
        offerId,
        url,
        method,
        body,
        contentType,
        statuses,
        goals,
        alsoGlobal,
        label,
        state,
        pausedReason,
        createdAt,
        updatedAt,
        version,
        signingSecrets,
        null);
  }

  public boolean isGlobal() {
    return offerId == null;
  }

  public boolean isPaused() {
    return state == PostbackState.PAUSED;
  }

  /** The same version, noticed to be failing since then; null for being well. */
  public Postback failing(@Nullable Instant since) {
    return new Postback(
        postbackId,
        affiliateId,
        offerId,
        url,
        method,
        body,
        contentType,
        statuses,
        goals,
        alsoGlobal,
        label,
        state,
        pausedReason,
        createdAt,
        updatedAt,
        version,
        signingSecrets,
        since);
  }

  /** The same one, paused for this reason, as its next version. */
  public Postback paused(PausedReason reason, Instant now) {
    return new Postback(
        postbackId,
        affiliateId,
        offerId,
        url,
        method,
        body,
        contentType,
        statuses,
        goals,
        alsoGlobal,
        label,
        PostbackState.PAUSED,
        reason,
        createdAt,
        now,
        version + 1,
        signingSecrets);
  }
}
