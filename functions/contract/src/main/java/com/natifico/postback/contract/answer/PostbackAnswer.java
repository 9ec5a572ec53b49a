package com.natifico.postback.contract.answer;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.natifico.postback.conversion.ConversionStatus;
import com.natifico.postback.postback.EventFilter;
import com.natifico.postback.postback.PausedReason;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.PostbackSettings;
import com.natifico.postback.postback.PostbackStatus;
import com.natifico.postback.postback.RequestBody;
import com.natifico.postback.postback.RequestTemplate;
import com.natifico.postback.postback.Revision;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A postback, never with a signing secret. */
public record PostbackAnswer(
    @JsonUnwrapped Ids ids,
    @JsonUnwrapped TemplateAnswer request,
    @JsonUnwrapped FilterAnswer filter,
    @JsonUnwrapped StatusAnswer status,
    @JsonUnwrapped RevisionAnswer revision,
    List<WarningAnswer> warnings) {

  public record Ids(String postbackId, String affiliateId, @Nullable String offerId) {}

  public record TemplateAnswer(
      String url, String method, @Nullable String body, @Nullable String contentType) {}

  public record FilterAnswer(
      List<String> statuses, List<String> goals, boolean alsoGlobal, @Nullable String label) {}

  public record StatusAnswer(String state, @Nullable String pausedReason, boolean signed) {}

  public record RevisionAnswer(Instant createdAt, Instant updatedAt, long version) {}

  public static PostbackAnswer of(Postback postback) {
    PostbackSettings settings = postback.settings();
    RequestTemplate request = settings.request();
    RequestBody body = request.body();
    EventFilter filter = settings.filter();
    Revision revision = postback.revision();
    return new PostbackAnswer(
        new Ids(postback.postbackId(), postback.affiliateId(), settings.scope().offerIdOrNull()),
        new TemplateAnswer(
            request.url(),
            request.method().name(),
            body == null ? null : body.text(),
            body == null ? null : body.contentType()),
        new FilterAnswer(
            filter.statuses().stream().sorted().map(ConversionStatus::word).toList(),
            filter.goals(),
            settings.alsoGlobal(),
            settings.label()),
        new StatusAnswer(
            postback.status().word(),
            postback.status() instanceof PostbackStatus.Paused(PausedReason reason)
                ? reason.word()
                : null,
            !settings.signingSecrets().isEmpty()),
        new RevisionAnswer(revision.createdAt(), revision.updatedAt(), revision.version()),
        WarningAnswer.of(request.warnings()));
  }
}
