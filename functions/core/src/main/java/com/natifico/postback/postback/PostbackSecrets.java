package com.natifico.postback.postback;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which secrets a postback has, without their values.
 *
 * @param named those for {@code {secret.NAME}}
 * @param signing the current one first, then those that are being replaced; empty if callbacks are
 *     not signed
 */
public record PostbackSecrets(Map<String, SecretShape> named, List<SigningSecret> signing) {
  public static final PostbackSecrets NONE = new PostbackSecrets(Map.of(), List.of());

  /** The limit of named secrets of one postback. */
  public static final int MAX_NAMED = 20;

  /** The limit of the value of a named secret, in characters. */
  public static final int MAX_LENGTH = 1024;

  public PostbackSecrets {
    named = Collections.unmodifiableMap(new TreeMap<>(named));
    signing = List.copyOf(signing);
  }

  /** Whether the postback has no secret of its own; the network's key is not one. */
  public boolean isEmpty() {
    return named.isEmpty() && signing.stream().allMatch(SigningSecret.Network.class::isInstance);
  }

  /** Whether callbacks are signed with the network's key, and not only for a while. */
  public boolean usesNetworkKey() {
    return !signing.isEmpty() && signing.getFirst() instanceof SigningSecret.Network;
  }

  public PostbackSecrets withSigning(List<SigningSecret> changed) {
    return new PostbackSecrets(named, changed);
  }
}
