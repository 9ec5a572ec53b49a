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
 * @param goal as pushed; "1" if it was not
 * @param occurredAt null if it was not pushed: then it occurred when it was claimed
 * @param fields every other field that feeds a macro, by the macro's name, as pushed: decimals to
 *     the digit
 */
public record Conversion(
    String conversionId,
    String affiliateId,
    String offerId,
    ConversionStatus status,
    String goal,
    @Nullable Instant occurredAt,
    @Nullable Instant clickAt,
    Map<String, String> fields) {
  public Conversion {
    fields = PushedFields.copyOf(fields);
  }

  /** The field of this macro's name as it was pushed; null if it was not. */
  @Nullable String field(Macro macro) {
    return fields instanceof PushedFields pushed ? pushed.of(macro) : fields.get(macro.name());
  }

  /** When it occurred: as pushed, or else when it was claimed. */
  public Instant occurredAtOr(Instant claimedAt) {
    return occurredAt == null ? claimedAt : occurredAt;
  }

  /**
   * The fields in which another push of the same event says something else. By meaning: 12.5 is
   * 12.50, and times are instants (design, section 10).
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
    Set<String> names = new TreeSet<>(fields.keySet());
    names.addAll(other.fields.keySet());
    for (String name : names) {
      if (!sameValue(name, fields.get(name), other.fields.get(name))) {
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
    return macro != null && macro.kind() == Macro.Kind.DECIMAL
        ? new BigDecimal(a).compareTo(new BigDecimal(b)) == 0
        : a.equals(b);
  }
}
