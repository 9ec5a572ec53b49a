package com.natifico.postback.operations;

import com.natifico.postback.Ids;
import com.natifico.postback.delivery.DeliveryState;
import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Counts the outcomes of an affiliate's conversions of a day, and lists every difference between
 * the accepted events and the delivery log. It only reads. The tables' names are in the variables
 * {@code EVENTS_TABLE} and {@code DELIVERIES_TABLE}.
 */
public final class Reconcile {
  /** The read units a second, unless others are given. */
  public static final double UNITS_PER_SECOND = 100;

  /**
   * After this time a due callback is late, unless another is given. Longer than the 15 minutes by
   * which an attempt may be deferred while its circuit breaker is open.
   */
  public static final Duration PATIENCE = Duration.ofMinutes(30);

  private final DynamoDbClient client;
  private final Map<String, String> environment;
  private final InstantSource clock;
  private final Pace.Pause pause;
  private final PrintStream out;

  /**
   * @param environment the variables
   * @param out closed by the caller
   */
  public Reconcile(
      DynamoDbClient client,
      Map<String, String> environment,
      InstantSource clock,
      Pace.Pause pause,
      PrintStream out) {
    this.client = client;
    this.environment = Map.copyOf(environment);
    this.clock = clock;
    this.pause = pause;
    this.out = out;
  }

  /**
   * What to reconcile.
   *
   * @param day in UTC
   * @param unitsPerSecond the read units a second, at least 1
   * @param patience after which a due callback is late
   */
  public record Question(
      List<String> affiliates, LocalDate day, double unitsPerSecond, Duration patience) {
    /**
     * @throws IllegalArgumentException if a value is wrong; the message says which
     */
    public Question {
      affiliates = List.copyOf(affiliates);
      List<String> invalid = affiliates.stream().filter(each -> !Ids.isValid(each)).toList();
      if (affiliates.isEmpty() || !invalid.isEmpty()) {
        throw new IllegalArgumentException("not ids of affiliates: " + invalid);
      }
      if (!(unitsPerSecond >= 1)) {
        throw new IllegalArgumentException("at least 1 read unit a second is needed");
      }
      if (patience.isNegative()) {
        throw new IllegalArgumentException("the minutes must not be negative");
      }
    }
  }

  /** Prints the result, and returns 0 if there is no difference, 1 if there is one. */
  public int answer(Question question) throws InterruptedException {
    Pace pace = new Pace(question.unitsPerSecond(), clock, pause);
    StoredDay day =
        new StoredDay(
            new PacedTables(client, pace),
            environment.getOrDefault("EVENTS_TABLE", "EventsTable"),
            environment.getOrDefault("DELIVERIES_TABLE", "DeliveriesTable"),
            question.day(),
            clock.instant());
    Map<String, Reconciliation> reconciled =
        new Reconciler(day, question.patience(), clock).reconcile(question.affiliates());
    reconciled.forEach((affiliate, each) -> print(affiliate, question.day(), each));
    out.printf(Locale.ROOT, "read %.1f units, $%.6f%n", pace.units(), pace.dollars());
    return reconciled.values().stream().allMatch(each -> each.differences().isEmpty()) ? 0 : 1;
  }

  private void print(String affiliate, LocalDate day, Reconciliation reconciled) {
    out.printf(
        "affiliate %s on %s: events %d accepted %d delivered %d retrying %d held %d failed %d"
            + " rejected %d superseded %d waiting %d missing %d differences %d%n",
        affiliate,
        day,
        reconciled.events(),
        reconciled.accepted(),
        reconciled.count(DeliveryState.DELIVERED),
        reconciled.count(DeliveryState.RETRYING),
        reconciled.count(DeliveryState.HELD),
        reconciled.count(DeliveryState.FAILED),
        reconciled.rejected(),
        reconciled.count(DeliveryState.SUPERSEDED),
        reconciled.count(DeliveryState.PENDING) + reconciled.waiting(),
        reconciled.missing(),
        reconciled.differences().size());
    reconciled.differences().forEach(difference -> out.println("  " + difference));
  }
}
