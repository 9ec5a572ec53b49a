package com.natifico.postback.conversion;

import com.natifico.postback.macro.Macro;
import com.natifico.postback.macro.Macros;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A conversion as the ad network pushed it.
 *
 * @param occurredAt null if it was not pushed: the conversion then occurred at the time of the
 *     claim
 * @param clickAt null if it was not pushed
 */
public record Conversion(
    EventIdentity identity,
    String offerId,
    @Nullable Instant occurredAt,
    @Nullable Instant clickAt,
    PushedFields fields) {

  public String affiliateId() {
    return identity.affiliateId();
  }

  public String conversionId() {
    return identity.conversionId();
  }

  public String goal() {
    return identity.goal();
  }

  public ConversionStatus status() {
    return identity.status();
  }

  public int revision() {
    return identity.revision();
  }

  /** The time of the conversion: the pushed time, or else the time of the claim. */
  public Instant occurredAtOr(Instant claimedAt) {
    return occurredAt == null ? claimedAt : occurredAt;
  }

  /**
   * The fields whose values differ from another push of the same event. They are compared by
   * meaning: 12.5 equals 12.50, and times are instants.
   */
  public List<String> differencesFrom(Conversion other) {
    List<String> differences = new ArrayList<>();
    if (!offerId.equals(other.offerId)) {
      differences.add("offer_id");
    }
    if (!Objects.equals(occurredAt, other.occurredAt)) {
      differences.add("occurred_at");
    }
    if (!Objects.equals(clickAt, other.clickAt)) {
      differences.add("click_at");
    }
    Map<String, String> ours = fields.byName();
    Map<String, String> theirs = other.fields.byName();
    Set<String> names = new TreeSet<>(ours.keySet());
    names.addAll(theirs.keySet());
    for (String name : names) {
      if (!sameValue(name, ours.get(name), theirs.get(name))) {
        differences.add(name);
      }
    }
    return differences;
  }

  private static boolean sameValue(String name, @Nullable String a, @Nullable String b) {
    if (a == null || b == null) {
      return a == null && b == null;
    }
    Macro macro = Macros.find(name);
    return (macro != null && macro.kind() == Macro.Kind.DECIMAL)
        ? new BigDecimal(a).compareTo(new BigDecimal(b)) == 0
        : a.equals(b);
  }
}
