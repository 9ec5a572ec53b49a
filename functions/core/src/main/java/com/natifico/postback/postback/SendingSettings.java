package com.natifico.postback.postback;

import java.util.List;

/**
 * How the requests of a postback are made.
 *
 * @param secrets those for placeholders, and those that callbacks are signed with
 * @param dropsStale whether a callback is not sent once a newer event of the same conversion and
 *     goal has been attempted
 */
public record SendingSettings(PostbackSecrets secrets, boolean dropsStale) {
  /** Without signatures, and without callbacks that a newer event has overtaken. */
  public static final SendingSettings USUAL = new SendingSettings(PostbackSecrets.NONE, true);

  /** Without secrets for placeholders. */
  public SendingSettings(List<SigningSecret> signingSecrets, boolean dropsStale) {
    this(PostbackSecrets.NONE.withSigning(signingSecrets), dropsStale);
  }

  public SendingSettings withSecrets(PostbackSecrets changed) {
    return new SendingSettings(changed, dropsStale);
  }
}
