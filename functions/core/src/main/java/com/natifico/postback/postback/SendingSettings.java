package com.natifico.postback.postback;

import java.util.List;

/**
 * How the requests of a postback are made.
 *
 * @param signingSecrets the current one first, then those that are being replaced; empty if
 *     callbacks are not signed
 * @param dropsStale whether a callback is not sent once a newer event of the same conversion and
 *     goal has been attempted
 */
public record SendingSettings(List<SigningSecret> signingSecrets, boolean dropsStale) {
  /** Without signatures, and without callbacks that a newer event has overtaken. */
  public static final SendingSettings USUAL = new SendingSettings(List.of(), true);

  public SendingSettings {
    signingSecrets = List.copyOf(signingSecrets);
  }
}
