package com.natifico.postback.postback;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a postback that an affiliate can change.
 *
 * @param alsoGlobal for an offer's own postback: where it matches, the global ones fire as well;
 *     for a global one: it fires even where an offer's own matches
 * @param signingSecrets the current one first, then those that are being replaced; empty if
 *     callbacks are not signed
 */
public record PostbackSettings(
    Scope scope,
    RequestTemplate request,
    EventFilter filter,
    boolean alsoGlobal,
    @Nullable String label,
    List<SigningSecret> signingSecrets) {
  public PostbackSettings {
    signingSecrets = List.copyOf(signingSecrets);
  }

  /** For approved conversions of any goal, with the defaults of all optional settings. */
  public static PostbackSettings of(Scope scope, RequestTemplate request) {
    return new PostbackSettings(scope, request, EventFilter.APPROVED, false, null, List.of());
  }

  public PostbackSettings withRequest(RequestTemplate changed) {
    return new PostbackSettings(scope, changed, filter, alsoGlobal, label, signingSecrets);
  }

  public PostbackSettings withFilter(EventFilter changed) {
    return new PostbackSettings(scope, request, changed, alsoGlobal, label, signingSecrets);
  }

  public PostbackSettings withSigningSecrets(List<SigningSecret> changed) {
    return new PostbackSettings(scope, request, filter, alsoGlobal, label, changed);
  }
}
