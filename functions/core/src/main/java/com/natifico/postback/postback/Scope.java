package com.natifico.postback.postback;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a postback fires for, of its affiliate. */
public sealed interface Scope {
  /** Conversions of every offer. */
  record Global() implements Scope {}

  /** Conversions of one offer. */
  record Offer(String offerId) implements Scope {}

  /** Events of the affiliate's postbacks, instead of conversions. */
  record Notifications(Set<EventKind> events) implements Scope {
    /** The scope of all notifications, for comparisons with {@link Scope#isSame}. */
    public static final Notifications ALL = new Notifications(Set.of());

    public Notifications {
      events = Set.copyOf(events);
    }

    /** The events in the order in which they are shown. */
    public Set<EventKind> sorted() {
      return events.isEmpty() ? Set.of() : EnumSet.copyOf(events);
    }
  }

  /**
   * @param offerId null for the global scope, as in the HTTP contract
   */
  static Scope of(@Nullable String offerId) {
    return offerId == null ? new Global() : new Offer(offerId);
  }

  /** Null for a scope without an offer. */
  default @Nullable String offerIdOrNull() {
    return this instanceof Offer(String offerId) ? offerId : null;
  }

  /** Whether both are listed and limited together: all notifications of an affiliate are. */
  default boolean isSame(Scope other) {
    return this instanceof Notifications ? other instanceof Notifications : equals(other);
  }
}
