package com.natifico.postback.conversion;

import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The order of the events of one conversion and goal: by revision, then by acceptance. Of two
 * revisions that were claimed in the same millisecond the lower one was accepted first; otherwise
 * such events are ordered by their ids.
 */
public final class EventOrder {
  private static final Comparator<ConversionEvent> OLDEST_FIRST =
      Comparator.<ConversionEvent>comparingInt(event -> event.conversion().revision())
          .thenComparing(event -> event.id().value());

  private static final Comparator<ConversionEvent> ACCEPTED_FIRST =
      Comparator.<ConversionEvent, Instant>comparing(event -> event.id().claimedAt())
          .thenComparing(OLDEST_FIRST);

  private EventOrder() {}

  /**
   * The newest event of the same conversion and goal that was accepted before this one; null if
   * there is none.
   *
   * @param events of the conversion, also of other goals
   */
  public static @Nullable ConversionEvent previous(
      EventId id, Conversion conversion, List<ConversionEvent> events) {
    ConversionEvent that = new ConversionEvent(id, conversion, false, List.of(), List.of());
    return events.stream()
        .filter(event -> isOfSameGoal(event, conversion))
        .filter(event -> ACCEPTED_FIRST.compare(event, that) < 0)
        .max(OLDEST_FIRST)
        .orElse(null);
  }

  /**
   * The events of the same conversion and goal that are newer than this one, the newest first.
   *
   * @param events of the conversion, also of other goals
   */
  public static List<ConversionEvent> newerThan(
      ConversionEvent event, List<ConversionEvent> events) {
    return events.stream()
        .filter(other -> isOfSameGoal(other, event.conversion()))
        .filter(other -> OLDEST_FIRST.compare(other, event) > 0)
        .sorted(OLDEST_FIRST.reversed())
        .toList();
  }

  /**
   * The identities that an event of the same conversion and goal can have, with every status.
   *
   * @param revisions how many revisions after that of {@code identity} are included
   */
  public static List<EventIdentity> following(EventIdentity identity, int revisions) {
    return identities(
        identity,
        identity.revision(),
        Math.min(identity.revision() + revisions, EventIdentity.MAX_REVISION));
  }

  /**
   * The same with earlier revisions.
   *
   * @param revisions how many revisions before that of {@code identity} are included
   */
  public static List<EventIdentity> preceding(EventIdentity identity, int revisions) {
    return identities(
        identity,
        Math.max(identity.revision() - revisions, EventIdentity.FIRST_REVISION),
        identity.revision());
  }

  private static List<EventIdentity> identities(EventIdentity identity, int first, int last) {
    return IntStream.rangeClosed(first, last)
        .boxed()
        .flatMap(
            revision ->
                Arrays.stream(ConversionStatus.values())
                    .map(
                        status ->
                            new EventIdentity(
                                identity.affiliateId(),
                                identity.conversionId(),
                                identity.goal(),
                                status,
                                revision)))
        .toList();
  }

  private static boolean isOfSameGoal(ConversionEvent event, Conversion conversion) {
    return event.conversion().conversionId().equals(conversion.conversionId())
        && event.conversion().goal().equalsIgnoreCase(conversion.goal());
  }
}
