package com.natifico.postback.postback;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the requests of a postback are made.
 *
 * @param secrets those for placeholders, and those that callbacks are signed with
 * @param dropsStale whether a callback is not sent once a newer event of the same conversion and
 *     goal has been attempted
 * @param maxRate null if the affiliate sets no limit
 */
public record SendingSettings(
    PostbackSecrets secrets, boolean dropsStale, @Nullable MaxRate maxRate) {
  /** Without signatures, and without callbacks that a newer event has overtaken. */
  public static final SendingSettings USUAL = new SendingSettings(PostbackSecrets.NONE, true, null);

  /** Without secrets for placeholders, and without a limit of the rate. */
  public SendingSettings(List<SigningSecret> signingSecrets, boolean dropsStale) {
    this(PostbackSecrets.NONE.withSigning(signingSecrets), dropsStale, null);
  }

  public SendingSettings withSecrets(PostbackSecrets changed) {
    return new SendingSettings(changed, dropsStale, maxRate);
  }

  public SendingSettings withMaxRate(MaxRate changed) {
    return new SendingSettings(secrets, dropsStale, changed);
  }
}
