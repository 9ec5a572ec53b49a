package com.natifico.postback.delivery;

import com.natifico.postback.Unavailable;
import com.natifico.postback.macro.SecretEchoes;
import com.natifico.postback.postback.CallbackRequest;
import com.natifico.postback.postback.NeededSecrets;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.SecretReader;
import com.natifico.postback.postback.Secrets;
import com.natifico.postback.postback.SigningSecret;
import com.natifico.postback.signature.SigningKeys;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What one attempt sends. It exists only while the attempt is made, and is never stored. */
sealed interface OutgoingRequest {
  /**
   * @param request with secrets in the place of their placeholders
   * @param signingSecrets what {@link WebhookSignature} takes; empty if the request is not signed
   * @param echoes finds the request's secrets in a response
   */
  record Ready(CallbackRequest request, List<String> signingSecrets, SecretEchoes echoes)
      implements OutgoingRequest {
    /** Without the secrets. */
    @Override
    public String toString() {
      return request.toString();
    }
  }

  /** No attempt can be made. */
  record Unsendable(UnsentReason reason) implements OutgoingRequest {}

  /**
   * Prepares the request of a callback. Only one that has a placeholder or is signed costs a read.
   *
   * @throws Unavailable if a signed request cannot be signed: secrets cannot be read, or all of
   *     them were removed a moment ago
   */
  static OutgoingRequest of(
      CallbackRequest stored, Postback postback, SecretReader reader, Instant now) {
    List<SigningSecret> signing =
        postback.settings().signingSecrets().stream()
            .filter(secret -> secret.isValid(now))
            .toList();
    NeededSecrets needed =
        new NeededSecrets(
            Set.copyOf(stored.secrets()),
            signing.stream()
                .filter(SigningSecret.Stored.class::isInstance)
                .map(SigningSecret::id)
                .collect(Collectors.toCollection(LinkedHashSet::new)));
    Secrets secrets = needed.isEmpty() ? Secrets.NONE : reader.find(postback.key(), needed);
    if (!secrets.named().keySet().containsAll(stored.secrets())) {
      return new Unsendable(UnsentReason.SECRET_MISSING);
    }
    CallbackRequest request =
        stored.withSecrets(name -> Objects.requireNonNull(secrets.named().get(name)));
    if (request.isTooLarge()) {
      return new Unsendable(UnsentReason.REQUEST_TOO_LARGE);
    }
    Map<String, String> used =
        stored.secrets().stream()
            .collect(
                Collectors.toMap(
                    Function.identity(),
                    name -> Objects.requireNonNull(secrets.named().get(name))));
    Map<String, String> values = new HashMap<>(secrets.signing());
    if (signing.stream().anyMatch(SigningSecret.Network.class::isInstance)) {
      addNetworkKey(values, reader, now);
    }
    return new Ready(request, signingSecrets(signing, values), new SecretEchoes(used));
  }

  private static void addNetworkKey(Map<String, String> values, SecretReader reader, Instant now) {
    Secrets keys = reader.find(SigningKeys.SECRETS, NeededSecrets.NONE);
    String current = SigningKeys.current(keys.signing(), now);
    if (current != null) {
      values.put(SigningSecret.Network.ID, current);
    }
  }

  private static List<String> signingSecrets(
      List<SigningSecret> signing, Map<String, String> values) {
    List<String> found =
        signing.stream()
            .flatMap(
                secret ->
                    Stream.ofNullable(
                        switch (secret) {
                          case SigningSecret.Inline inline -> inline.value();
                          case SigningSecret.Stored stored -> values.get(stored.id());
                          case SigningSecret.Network network -> values.get(network.id());
                        }))
            .toList();
    if (found.isEmpty() && !signing.isEmpty()) {
      throw new Unavailable("the signing secret of a postback is missing", null);
    }
    return found;
  }
}
