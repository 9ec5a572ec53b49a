package com.natifico.postback.contract.answer;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.natifico.postback.conversion.ConversionStatus;
import com.natifico.postback.macro.Template.Finding;
import com.natifico.postback.postback.Circuit;
import com.natifico.postback.postback.EventFilter;
import com.natifico.postback.postback.Judging;
import com.natifico.postback.postback.MaxRate;
import com.natifico.postback.postback.PausedReason;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.PostbackSecrets;
import com.natifico.postback.postback.PostbackSettings;
import com.natifico.postback.postback.PostbackStatus;
import com.natifico.postback.postback.RequestBody;
import com.natifico.postback.postback.RequestTemplate;
import com.natifico.postback.postback.Revision;
import com.natifico.postback.postback.SigningSecret;
import com.natifico.postback.rule.AnswerRules;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A postback, never with the value of a secret. */
public record PostbackAnswer(
    @JsonUnwrapped Ids ids,
    @JsonUnwrapped TemplateAnswer request,
    @JsonUnwrapped FilterAnswer filter,
    @JsonUnwrapped StatusAnswer status,
    @JsonUnwrapped RevisionAnswer revision,
    @JsonUnwrapped JudgingAnswer judging,
    List<WarningAnswer> warnings) {

  public record Ids(String postbackId, String affiliateId, @Nullable String offerId) {}

  /**
   * @param secrets the names
   */
  public record TemplateAnswer(
      String url,
      String method,
      @Nullable String body,
      @Nullable String contentType,
      Map<String, String> headers,
      List<String> secrets) {
    static TemplateAnswer of(PostbackSettings settings) {
      RequestTemplate request = settings.request();
      RequestBody body = request.body();
      return new TemplateAnswer(
          request.url(),
          request.method().name(),
          body == null ? null : body.text(),
          body == null ? null : body.contentType(),
          request.headers().byName(),
          settings.secrets().named().keySet().stream().toList());
    }
  }

  public record FilterAnswer(
      List<String> statuses,
      List<String> goals,
      String revisions,
      boolean alsoGlobal,
      @Nullable String label) {}

  public record StatusAnswer(
      String state,
      @Nullable String pausedReason,
      @JsonUnwrapped SignatureAnswer signature,
      String stale,
      @Nullable BigDecimal maxPerSecond,
      EndpointAnswer endpoint) {}

  /**
   * @param signature hmac or ed25519
   */
  public record SignatureAnswer(boolean signed, String signature) {
    static SignatureAnswer of(PostbackSecrets secrets) {
      return new SignatureAnswer(
          !secrets.signing().isEmpty(),
          secrets.usesNetworkKey() ? SigningSecret.Network.ID : "hmac");
    }
  }

  /**
   * How the endpoint responds, as the workers know it.
   *
   * @param state closed, slow, open or half_open
   * @param since null if it is closed
   * @param until the end of the pause, if it is open
   * @param pacedUntil until when it is believed to take a limited number of requests; null if it is
   *     not
   */
  public record EndpointAnswer(
      String state,
      @Nullable Instant since,
      @Nullable Instant until,
      @Nullable Instant pacedUntil) {
    static EndpointAnswer of(Postback postback, Instant now) {
      Instant stored = postback.pacedUntil();
      Instant paced = stored != null && stored.isAfter(now) ? stored : null;
      return switch (postback.circuit()) {
        case Circuit.Closed _ -> new EndpointAnswer("closed", null, null, paced);
        case Circuit.Slow(Instant since) -> new EndpointAnswer("slow", since, null, paced);
        case Circuit.Open open when open.isHalfOpen(now) ->
            new EndpointAnswer("half_open", open.since(), null, paced);
        case Circuit.Open(Instant since, Instant until) ->
            new EndpointAnswer("open", since, until, paced);
      };
    }
  }

  public record RevisionAnswer(Instant createdAt, Instant updatedAt, long version) {}

  /**
   * @param answerRules null if those of the tracker apply
   * @param effectiveAnswerRules those that apply; read-only
   */
  public record JudgingAnswer(
      @Nullable String tracker,
      @Nullable List<AnswerRuleAnswer> answerRules,
      List<AnswerRuleAnswer> effectiveAnswerRules) {
    static JudgingAnswer of(Judging judging) {
      AnswerRules own = judging.rules();
      return new JudgingAnswer(
          judging.tracker(),
          own == null ? null : AnswerRuleAnswer.of(own),
          AnswerRuleAnswer.of(judging.effectiveRules()));
    }
  }

  /**
   * @param now decides whether an open circuit is half-open
   */
  public static PostbackAnswer of(Postback postback, Instant now) {
    return of(postback, List.of(), now);
  }

  /**
   * @param found warnings beyond those about the settings
   * @param now decides whether an open circuit is half-open
   */
  public static PostbackAnswer of(Postback postback, List<Finding> found, Instant now) {
    PostbackSettings settings = postback.settings();
    EventFilter filter = settings.filter();
    Revision revision = postback.revision();
    MaxRate maxRate = postback.maxRate();
    return new PostbackAnswer(
        new Ids(postback.postbackId(), postback.affiliateId(), settings.scope().offerIdOrNull()),
        TemplateAnswer.of(settings),
        new FilterAnswer(
            filter.statuses().stream().sorted().map(ConversionStatus::word).toList(),
            filter.goals(),
            filter.corrections() ? "send" : "ignore",
            settings.alsoGlobal(),
            settings.label()),
        new StatusAnswer(
            postback.status().word(),
            postback.status() instanceof PostbackStatus.Paused(PausedReason reason)
                ? reason.word()
                : null,
            SignatureAnswer.of(settings.secrets()),
            settings.sending().dropsStale() ? "drop" : "send",
            maxRate == null ? null : maxRate.perSecond(),
            EndpointAnswer.of(postback, now)),
        new RevisionAnswer(revision.createdAt(), revision.updatedAt(), revision.version()),
        JudgingAnswer.of(settings.judging()),
        WarningAnswer.of(Stream.concat(settings.warnings().stream(), found.stream()).toList()));
  }
}
