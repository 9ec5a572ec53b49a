package com.natifico.postback.signature;

import com.natifico.postback.postback.PostbackKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The public parts of all of the network's signing keys.
 *
 * @param version grows by one with each change; 0 if there has never been a key
 * @param keys in the order in which they sign
 */
public record SigningKeys(long version, List<SigningKey> keys) {
  public static final SigningKeys NONE = new SigningKeys(0, List.of());

  /**
   * Under this key the secrets have the private keys, by {@code kid}. No affiliate and no postback
   * has such an id.
   */
  public static final PostbackKey SECRETS = new PostbackKey("#network", "#signing");

  /** How long a new key is published before it signs: receivers cache the published keys. */
  public static final Duration PUBLISHED_BEFORE = Duration.ofDays(1);

  /**
   * How long a key is published after the next one has begun to sign. Requests are signed when they
   * are made, so this only has to exceed the differences between clocks and the tolerance of
   * receivers, which is minutes.
   */
  public static final Duration PUBLISHED_AFTER = Duration.ofHours(1);

  public SigningKeys {
    keys = keys.stream().sorted(Comparator.comparing(SigningKey::kid)).toList();
  }

  /** The keys with which a request may be signed that a receiver verifies now or within a day. */
  public List<SigningKey> published(Instant now) {
    List<SigningKey> published = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      if (i + 1 == keys.size() || now.isBefore(keys.get(i + 1).signsFrom().plus(PUBLISHED_AFTER))) {
        published.add(keys.get(i));
      }
    }
    return published;
  }

  /** Whether a key is published that does not sign yet. */
  boolean hasNext(Instant now) {
    return !keys.isEmpty() && keys.getLast().signsFrom().isAfter(now);
  }

  /**
   * The private key that signs now: of those whose time has come the newest. If none has, because
   * this clock is earlier than that of the creator, the oldest.
   *
   * @param byKid the private keys
   * @return null if there are none
   */
  public static @Nullable String current(Map<String, String> byKid, Instant now) {
    TreeMap<String, String> sorted = new TreeMap<>(byKid);
    return sorted.descendingMap().entrySet().stream()
        .filter(key -> !SigningKey.signsFrom(key.getKey()).isAfter(now))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(sorted.isEmpty() ? null : sorted.firstEntry().getValue());
  }
}
