package com.natifico.postback.simulation;

import com.natifico.postback.conversion.ConversionStatus;
import com.natifico.postback.postback.EventFilter;
import com.natifico.postback.postback.Judging;
import com.natifico.postback.postback.MaxRate;
import com.natifico.postback.postback.PausedReason;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.PostbackKey;
import com.natifico.postback.postback.PostbackSecrets;
import com.natifico.postback.postback.PostbackSettings;
import com.natifico.postback.postback.PostbackStatus;
import com.natifico.postback.postback.PostbackStore;
import com.natifico.postback.postback.RequestHeaders;
import com.natifico.postback.postback.RequestTemplate;
import com.natifico.postback.postback.Revision;
import com.natifico.postback.postback.Scope;
import com.natifico.postback.postback.SecretShape;
import com.natifico.postback.postback.SecretWrites;
import com.natifico.postback.postback.Secrets;
import com.natifico.postback.postback.SendingSettings;
import com.natifico.postback.rule.AnswerRule;
import com.natifico.postback.rule.AnswerRules;
import com.natifico.postback.rule.Condition;
import com.natifico.postback.rule.Meaning;
import com.natifico.postback.rule.Ruling;
import com.natifico.postback.testing.Samples;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Creates the postbacks of a run. */
final class Drafts {
  private Drafts() {}

  /**
   * An active postback for approved conversions of any goal.
   *
   * @param offerId null for a global one
   * @param host the host of its tracker
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
        PostbackStatus.healthy());
  }

  /** The rules that every postback has; {@link Reply} has the answers. */
  private static final AnswerRules RULES =
      new AnswerRules(
          List.of(
              new AnswerRule(Condition.containing(Reply.REFUSED), Ruling.REJECTED, Meaning.BAD_KEY),
              new AnswerRule(
                  Condition.containing(Reply.UNKNOWN), Ruling.REJECTED, Meaning.UNKNOWN_CLICK),
              new AnswerRule(Condition.containing(Reply.LATER), Ruling.RETRY, null)));

  /** The same in JSON. */
  private static final String RULES_JSON =
      """
      [{"when":{"contains":"refused"},"then":"rejected","meaning":"bad_key"},\
      {"when":{"contains":"unknown click"},"then":"rejected","meaning":"unknown_click"},\
      {"when":{"contains":"later"},"then":"retry"}]""";

  /** The secret of every postback that has one. */
  static final String SECRET = "s-7";

  static final PostbackStatus PAUSED = new PostbackStatus.Paused(PausedReason.BY_HAND);

  static Postback of(
      String affiliateId,
      String postbackId,
      @Nullable String offerId,
      String path,
      Set<ConversionStatus> statuses,
      List<String> goals,
      boolean alsoGlobal,
      PostbackStatus status) {
    return new Postback(
        new PostbackKey(affiliateId, postbackId),
        new PostbackSettings(
            Scope.of(offerId),
            RequestTemplate.get(
                    path + "?cid={ref_id}&tx={conversion_id}&goal={goal}&status={status_text}")
                .withHeaders(new RequestHeaders(Map.of("X-Account", affiliateId))),
            new EventFilter(statuses, goals, false),
            alsoGlobal,
            null,
            SendingSettings.USUAL,
            new Judging(null, RULES)),
        status,
        Revision.first(Samples.NOW));
  }

  /** The same postback in another state, as its owner would save it. */
  static Postback with(Postback postback, PostbackStatus status) {
    return new Postback(postback.key(), postback.settings(), status, postback.revision());
  }

  /** The same postback with a secret in a header. */
  static Postback withSecret(Postback postback) {
    RequestTemplate request = postback.settings().request();
    Map<String, String> headers = new HashMap<>(request.headers().byName());
    headers.put("X-Token", "{secret.token}");
    return new Postback(
        postback.key(),
        postback
            .settings()
            .withRequest(request.withHeaders(new RequestHeaders(headers)))
            .withSecrets(new PostbackSecrets(Map.of("token", SecretShape.of(SECRET)), List.of())),
        postback.status(),
        postback.revision());
  }

  private static SecretWrites secrets(Postback postback) {
    return postback.settings().secrets().isEmpty()
        ? SecretWrites.NONE
        : new SecretWrites(new Secrets(Map.of("token", SECRET), Map.of()), Set.of(), Set.of());
  }

  /** The same postback with a limit of its requests a second. */
  static Postback limited(Postback postback, String perSecond) {
    return Samples.with(
        postback,
        postback
            .settings()
            .withSending(
                SendingSettings.USUAL.withMaxRate(new MaxRate(new BigDecimal(perSecond)))));
  }

  static void write(Cloud cloud, Postback postback) {
    PostbackStore.Written written = cloud.postbacks.create(postback, secrets(postback));
    cloud.journal.done(
        new Step(0, new Worker("before"), "PostbackStore", "create", List.of(postback)),
        List.of(postback),
        written);
    cloud.trace.add(
        "affiliate " + postback.affiliateId(),
        () -> "has %s: %s".formatted(json(postback), written));
  }

  /** The JSON with which the postback is saved over HTTP. */
  static String json(Postback postback) {
    EventFilter filter = postback.settings().filter();
    MaxRate limit = postback.maxRate();
    return """
        {"offer_id":%s,"url":"%s","method":"GET","headers":{"X-Account":"%s"},"statuses":[%s],"goals":[%s],"also_global":%s,\
        "max_per_second":%s,"state":"%s","answer_rules":%s}"""
        .formatted(
            postback.scope() instanceof Scope.Offer(String offerId) ? '"' + offerId + '"' : "null",
            postback.settings().request().url(),
            postback.affiliateId(),
            quoted(filter.statuses().stream().map(ConversionStatus::word).sorted().toList()),
            quoted(filter.goals()),
            postback.settings().alsoGlobal(),
            limit == null ? "null" : limit.perSecond().toPlainString(),
            postback.status().word(),
            RULES_JSON);
  }

  private static String quoted(List<String> words) {
    return words.stream().map(word -> '"' + word + '"').collect(Collectors.joining(","));
  }
}
