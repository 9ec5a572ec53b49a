package com.natifico.postback.functions.api;

import com.natifico.postback.contract.answer.NotificationAnswer;
import com.natifico.postback.contract.answer.PostbackAnswer;
import com.natifico.postback.contract.input.Input;
import com.natifico.postback.contract.input.PostbackDraft;
import com.natifico.postback.egress.EgressGuard;
import com.natifico.postback.macro.Template.Finding;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.PostbackKey;
import java.time.Instant;
import java.util.List;

/** What differs between the routes of postbacks and those of notifications. */
enum PostbackKind {
  POSTBACK("postback", "pb_"),
  NOTIFICATION("notification", PostbackKey.NOTIFICATION_PREFIX);

  private final String word;
  private final String idPrefix;

  PostbackKind(String word, String idPrefix) {
    this.word = word;
    this.idPrefix = idPrefix;
  }

  /** Its name in problems. */
  String word() {
    return word;
  }

  /** The segment of its paths. */
  String segment() {
    return word + "s";
  }

  /** The parameter of its paths. */
  String idParameter() {
    return word + "_id";
  }

  String idPrefix() {
    return idPrefix;
  }

  boolean is(Postback postback) {
    return postback.isNotification() == (this == NOTIFICATION);
  }

  PostbackDraft toCreate(Input.Obj body, EgressGuard guard) {
    return switch (this) {
      case POSTBACK -> PostbackDraft.toCreate(body, guard);
      case NOTIFICATION -> PostbackDraft.notificationToCreate(body, guard);
    };
  }

  PostbackDraft toReplace(Input.Obj body, EgressGuard guard) {
    return switch (this) {
      case POSTBACK -> PostbackDraft.toReplace(body, guard);
      case NOTIFICATION -> PostbackDraft.notificationToReplace(body, guard);
    };
  }

  /**
   * @param found further warnings about a postback
   */
  Record answer(Postback postback, List<Finding> found, Instant now) {
    return switch (this) {
      case POSTBACK -> PostbackAnswer.of(postback, found, now);
      case NOTIFICATION -> NotificationAnswer.of(postback, now);
    };
  }
}
