package com.natifico.postback.simulation;

import com.natifico.postback.conversion.ConversionStatus;
import com.natifico.postback.postback.HttpMethod;
import com.natifico.postback.postback.PausedReason;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.PostbackState;
import com.natifico.postback.postback.PostbackStore;
import com.natifico.postback.testing.Samples;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Postbacks in the making. */
final class Drafts {
  private Drafts() {}

  /**
   * Active, for approved conversions of any goal.
   *
   * @param offerId null for a global one
   * @param host of its tracker
   */
  static Postback of(String affiliateId, String postbackId, @Nullable String offerId, String host) {
    return of(
        affiliateId,
        postbackId,
        offerId,
        "https://" + host + "/a" + affiliateId + "/" + postbackId,
        Set.of(ConversionStatus.APPROVED),
        List.of(),
        false,
        PostbackState.ACTIVE);
  }

  static Postback of(
      String affiliateId,
      String postbackId,
      @Nullable String offerId,
      String path,
      Set<ConversionStatus> statuses,
      List<String> goals,
      boolean alsoGlobal,
      PostbackState state) {
    return new Postback(
        postbackId,
        affiliateId,
        offerId,
        path + "?cid={ref_id}&tx={conversion_id}&goal={goal}&status={status_text}",
        HttpMethod.GET,
        null,
        null,
        statuses,
        goals,
        alsoGlobal,
        null,
        state,
        state == PostbackState.PAUSED ? PausedReason.BY_HAND : null,
        Samples.NOW,
        Samples.NOW,
        1,
        List.of());
  }

  /** The same in another state, as its owner would put it. */
  static Postback with(Postback postback, PostbackState state) {
    return with(postback, state, postback.url());
  }

  static Postback with(Postback postback, PostbackState state, String url) {
    return new Postback(
        postback.postbackId(),
        postback.affiliateId(),
        postback.offerId(),
        url,
        postback.method(),
        postback.body(),
        postback.contentType(),
        postback.statuses(),
        postback.goals(),
        postback.alsoGlobal(),
        postback.label(),
        state,
        null,
        postback.createdAt(),
        postback.updatedAt(),
        postback.version(),
        postback.signingSecrets());
  }

  static void write(Cloud cloud, Postback postback) {
    PostbackStore.Written written = cloud.postbacks.create(postback);
    cloud.journal.done(
        new Step(0, new Worker("before"), "PostbackStore", "create", List.of(postback)),
        List.of(postback),
        written);
    cloud.story.tell(
        "affiliate " + postback.affiliateId(),
        () ->
            "has %s for %s, %s %s%s, %s: %s"
                .formatted(
                    postback.postbackId(),
                    postback.offerId() == null ? "every offer" : "offer " + postback.offerId(),
                    postback.statuses().stream().sorted().toList(),
                    postback.goals(),
                    postback.alsoGlobal() ? ", also global" : "",
                    postback.state().word(),
                    postback.url()));
  }

  /** What the HTTP contract wants to be put. */
  static String json(Postback postback) {
    return """
        {"offer_id":%s,"url":"%s","method":"GET","statuses":[%s],"goals":[%s],"also_global":%s,\
        "state":"%s"}"""
        .formatted(
            postback.offerId() == null ? "null" : '"' + postback.offerId() + '"',
            postback.url(),
            quoted(postback.statuses().stream().map(ConversionStatus::word).sorted().toList()),
            quoted(postback.goals()),
            postback.alsoGlobal(),
            postback.state().word());
  }

  private static String quoted(List<String> words) {
    return words.stream().map(word -> '"' + word + '"').collect(Collectors.joining(","));
  }
}
