package com.natifico.postback.delivery;

import com.natifico.postback.Words;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why a delivery failed, {@code failed_reason} in the HTTP contract. */
public enum FailedReason {
  /** No attempt of the schedule was successful. */
  EXHAUSTED,
  /** An answer rule rejected the response of the last attempt. */
  REJECTED,
  /** The endpoint answered with a redirect. */
  REDIRECT,
  /** The endpoint answered 410. */
  GONE,
  /** The egress guard blocked the request. */
  BLOCKED,
  /** Its postback was deleted before it was delivered. */
  POSTBACK_DELETED,
  /** The expanded request exceeds the limit. */
  REQUEST_TOO_LARGE,
  /** Its event was older than its receiver takes events, so no request was made. */
  TOO_OLD,
  /** Its row had expired when a retry or a redrive was due. */
  EXPIRED,
  /** A secret that its request contains was removed before it was delivered. */
  SECRET_MISSING;

  private static final int GONE_STATUS = 410;

  /** Why a delivery failed whose last attempt is this one. */
  static FailedReason after(Attempt last) {
    return switch (last.outcome()) {
      case REJECTED -> REJECTED;
      case REDIRECT -> REDIRECT;
      case BLOCKED -> BLOCKED;
      case HTTP_ERROR -> {
        Integer status = last.httpStatus();
        yield status != null && status == GONE_STATUS ? GONE : EXHAUSTED;
      }
      case DELIVERED, DEFERRED_BY_RULE, TIMEOUT, DNS, CONNECT, TLS, INVALID_RESPONSE -> EXHAUSTED;
    };
  }

  /** The word in the HTTP contract. */
  public String word() {
    return Words.word(this);
  }

  /** Null for an unknown word. */
  public static @Nullable FailedReason find(String word) {
    return Words.find(FailedReason.class, word);
  }

  /**
   * @throws IllegalArgumentException for an unknown word
   */
  public static FailedReason of(String word) {
    return Words.of(FailedReason.class, word);
  }

  public static List<String> words() {
    return Arrays.stream(values()).map(FailedReason::word).toList();
  }
}
