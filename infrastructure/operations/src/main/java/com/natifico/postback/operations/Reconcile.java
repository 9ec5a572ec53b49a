package com.natifico.postback.operations;

import com.natifico.postback.Ids;
import com.natifico.postback.delivery.DeliveryState;
import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Counts the outcomes of an affiliate's conversions of a day, and lists every difference between
 * the accepted events and the delivery log. It only reads.
 *
 * <p>Arguments: the affiliates, separated by commas; the day, in UTC; optionally the read units per
 * second (100) and the minutes after which a due callback is late (30). The tables' names are in
 * {@code EVENTS_TABLE} and {@code DELIVERIES_TABLE}; region, credentials and {@code
 * AWS_ENDPOINT_URL_DYNAMODB} are the AWS SDK's own settings. The exit status is 0 if there is no
 * difference, 1 if there is one, and 2 if the tables could not be read.
 */
public final class Reconcile {
  private static final String USAGE =
      "usage: <affiliate>[,<affiliate>...] <yyyy-mm-dd> [<read units a second> [<minutes>]]";

  private static final double UNITS_PER_SECOND = 100;

  /**
   * Longer than the 15 minutes by which an attempt may be deferred while its circuit breaker is
   * open.
   */
  private static final Duration PATIENCE = Duration.ofMinutes(30);

  private final DynamoDbClient client;
  private final Map<String, String> environment;
  private final InstantSource clock;
  private final Pace.Pause pause;
  private final PrintStream out;

  Reconcile(
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

  /** What to reconcile. */
  record Question(
      List<String> affiliates, LocalDate day, double unitsPerSecond, Duration patience) {
    /**
     * @throws IllegalArgumentException if the arguments are wrong; the message is the usage
     */
    static Question of(String... arguments) {
      List<String> given =
          Stream.of(String.join(" ", arguments).split(" "))
              .filter(each -> !each.isEmpty())
              .toList();
      if (given.size() < 2 || given.size() > 4) {
        throw new IllegalArgumentException(USAGE);
      }
      try {
        Question question =
            new Question(
                List.of(given.getFirst().split(",", -1)),
                LocalDate.parse(given.get(1)),
                given.size() > 2 ? Double.parseDouble(given.get(2)) : UNITS_PER_SECOND,
                given.size() > 3 ? Duration.ofMinutes(Long.parseLong(given.get(3))) : PATIENCE);
        if (!question.affiliates().stream().allMatch(Ids::isValid)
            || !(question.unitsPerSecond() >= 1)
            || question.patience().isNegative()) {
          throw new IllegalArgumentException(USAGE);
        }
        return question;
      } catch (NumberFormatException | DateTimeParseException e) {
        throw new IllegalArgumentException(USAGE, e);
      }
    }
  }

  public static void main(String[] arguments) {
    int status = 2;
    try {
      Question question = Question.of(arguments);
      try (DynamoDbClient client = DynamoDbClient.create()) {
        status =
            new Reconcile(
                    client, System.getenv(), InstantSource.system(), Thread::sleep, System.out)
                .answer(question);
      }
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
    } catch (Exception e) {
      System.err.println("The tables could not be read: " + e);
    }
    System.exit(status);
  }

  /** Prints the result and returns the exit status. */
  int answer(Question question) throws InterruptedException {
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
