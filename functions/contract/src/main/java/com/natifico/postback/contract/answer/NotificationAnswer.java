package com.natifico.postback.contract.answer;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.natifico.postback.contract.answer.PostbackAnswer.EndpointAnswer;
import com.natifico.postback.contract.answer.PostbackAnswer.RevisionAnswer;
import com.natifico.postback.contract.answer.PostbackAnswer.SignatureAnswer;
import com.natifico.postback.contract.answer.PostbackAnswer.TemplateAnswer;
import com.natifico.postback.postback.EventKind;
import com.natifico.postback.postback.PausedReason;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.PostbackStatus;
import com.natifico.postback.postback.Revision;
import com.natifico.postback.postback.Scope;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A notification, never with the value of a secret. */
public record NotificationAnswer(
    @JsonUnwrapped Ids ids,
    @JsonUnwrapped TemplateAnswer request,
    @JsonUnwrapped StatusAnswer status,
    @JsonUnwrapped RevisionAnswer revision,
    List<WarningAnswer> warnings) {

  public record Ids(
      String notificationId, String affiliateId, List<String> events, @Nullable String label) {}

  public record StatusAnswer(
      String state,
      @Nullable String pausedReason,
      @JsonUnwrapped SignatureAnswer signature,
      EndpointAnswer endpoint) {}

  /**
   * @param now decides whether an open circuit is half-open
   */
  public static NotificationAnswer of(Postback notification, Instant now) {
    Revision revision = notification.revision();
    return new NotificationAnswer(
        new Ids(
            notification.postbackId(),
            notification.affiliateId(),
            notification.scope() instanceof Scope.Notifications scope
                ? scope.sorted().stream().map(EventKind::word).toList()
                : List.of(),
            notification.settings().label()),
        TemplateAnswer.of(notification.settings()),
        new StatusAnswer(
            notification.status().word(),
            notification.status() instanceof PostbackStatus.Paused(PausedReason reason)
                ? reason.word()
                : null,
            SignatureAnswer.of(notification.settings().secrets()),
            EndpointAnswer.of(notification, now)),
        new RevisionAnswer(revision.createdAt(), revision.updatedAt(), revision.version()),
        WarningAnswer.of(notification.settings().request().warnings()));
  }
}
