package com.natifico.postback.postback;

/** The affiliate and the id of a postback. */
public record PostbackKey(String affiliateId, String postbackId) {
  /** The beginning of the ids of notifications, by which their deliveries are recognised. */
  public static final String NOTIFICATION_PREFIX = "nt_";

  /** Whether it is the id of a notification, see {@link Scope.Notifications}. */
  public static boolean isNotification(String postbackId) {
    return postbackId.startsWith(NOTIFICATION_PREFIX);
  }
}
