package com.natifico.postback.postback;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A secret that callbacks are signed with (Standard Webhooks). Write-only: no answer and no log
 * shows it.
 *
 * @param value {@code whsec_} and base64
 * @param until for a secret that was replaced: until when callbacks are signed with it as well;
 *     null for the current one
 */
public record SigningSecret(String value, @Nullable Instant until) {
  /** Never the secret. */
  @Override
  public String toString() {
    return "SigningSecret[until=" + until + "]";
  }
}
