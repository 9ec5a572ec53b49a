package com.natifico.postback.postback;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A secret that callbacks are signed with (Standard Webhooks). Write-only: it appears in no
 * response and no log.
 *
 * @param value {@code whsec_} and base64
 * @param until for a replaced secret: until when callbacks are also signed with it; null for the
 *     current one
 */
public record SigningSecret(String value, @Nullable Instant until) {
  /** Never prints the secret. */
  @Override
  public String toString() {
    return "SigningSecret[until=" + until + "]";
  }
}
