package com.natifico.postback.operations;

import com.natifico.postback.Ids;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Erases what the tables hold of one conversion, which is how a person is known, or of one
 * affiliate (data-protection.md).
 *
 * <p>Arguments: the affiliate; its conversion, or nothing for the whole affiliate; {@code now} to
 * erase, as it only counts otherwise; and {@code anyway} behind that to erase although something
 * still waits. The tables' names are in {@code EVENTS_TABLE}, {@code DELIVERIES_TABLE} and {@code
 * POSTBACKS_TABLE}; region, credentials and {@code AWS_ENDPOINT_URL_DYNAMODB} are the AWS SDK's
 * own. Ends with 0 if nothing is left, 1 if something is, and 2 if it could not look.
 */
public final class Erase {
  private static final String USAGE =
      "usage: affiliate <affiliate> [now [anyway]]"
          + " | conversion <affiliate> <conversion> [now [anyway]]";

  /** Reads and writes together; an affiliate's deliveries share a key that bears 1,000 writes. */
  private static final double UNITS_PER_SECOND = 200;

  private final DynamoDbClient client;
  private final Map<String, String> environment;
  private final double unitsPerSecond;
  private final InstantSource clock;
  private final Pace.Pause pause;
  private final PrintStream out;

  Erase(
      DynamoDbClient client,
      Map<String, String> environment,
      double unitsPerSecond,
      InstantSource clock,
      Pace.Pause pause,
      PrintStream out) {
    this.client = client;
    this.environment = Map.copyOf(environment);
    this.unitsPerSecond = unitsPerSecond;
    this.clock = clock;
    this.pause = pause;
    this.out = out;
  }

  /**
   * What is to be erased.
   *
   * @param conversion null for everything of the affiliate
   * @param now whether to erase and not only to count
   * @param anyway even if a message may write some of it again
   */
  record Request(String affiliate, @Nullable String conversion, boolean now, boolean anyway) {
    /**
     * @throws IllegalArgumentException with the usage
     */
    static Request of(String... arguments) {
      List<String> given =
          Stream.of(String.join(" ", arguments).split(" "))
              .filter(each -> !each.isEmpty())
              .toList();
      int ids =
          switch (given.isEmpty() ? "" : given.getFirst()) {
            case "affiliate" -> 1;
            case "conversion" -> 2;
            default -> throw new IllegalArgumentException(USAGE);
          };
      List<String> words = List.of("now", "anyway");
      int said = given.size() - 1 - ids;
      if (said < 0
          || said > words.size()
          || !given.subList(1 + ids, given.size()).equals(words.subList(0, said))
          || !given.subList(1, 1 + ids).stream().allMatch(Ids::isValid)) {
        throw new IllegalArgumentException(USAGE);
      }
      return new Request(given.get(1), ids == 2 ? given.get(2) : null, said > 0, said > 1);
    }
  }

  public static void main(String[] arguments) {
    int status = 2;
    try {
      Request request = Request.of(arguments);
      try (DynamoDbClient client = DynamoDbClient.create()) {
        status =
            new Erase(
                    client,
                    System.getenv(),
                    UNITS_PER_SECOND,
                    InstantSource.system(),
                    Thread::sleep,
                    System.out)
                .answer(request);
      }
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
    } catch (Exception e) {
      System.err.println("It is not finished; the same again goes on: " + e);
    }
    System.exit(status);
  }

  /** Prints what was found and done, and gives the exit status. */
  int answer(Request request) throws InterruptedException {
    Pace pace = new Pace(unitsPerSecond, clock, pause);
    StoredTraces traces =
        new StoredTraces(
            new PacedTables(client, pace),
            environment.getOrDefault("EVENTS_TABLE", "EventsTable"),
            environment.getOrDefault("DELIVERIES_TABLE", "DeliveriesTable"),
            environment.getOrDefault("POSTBACKS_TABLE", "PostbacksTable"));
    String conversion = request.conversion();
    Traces found =
        conversion == null
            ? traces.ofAffiliate(request.affiliate())
            : traces.ofConversion(request.affiliate(), conversion);
    out.printf(
        Locale.ROOT,
        "affiliate %s%s: events %d deliveries %d other %d waiting %d postbacks %d%n",
        request.affiliate(),
        conversion == null ? "" : " conversion " + conversion,
        found.events().size(),
        found.deliveries().size(),
        found.others().size(),
        found.waiting().size(),
        found.postbacks());
    found.waiting().forEach(id -> out.println("  waiting " + id));
    int status = found.isEmpty() ? 0 : 1;
    if (found.postbacks() > 0) {
      out.println("nothing is erased: it has postbacks, so more may come; delete them first");
    } else if (!request.now()) {
      out.println("nothing is erased: that was the count; say now behind it");
    } else if (!found.waiting().isEmpty() && !request.anyway()) {
      out.println("nothing is erased: a message would write what waits again");
    } else {
      traces.erase(found);
      out.println("erased");
      status = 0;
    }
    out.printf(Locale.ROOT, "%.1f units%n", pace.units());
    return status;
  }
}
