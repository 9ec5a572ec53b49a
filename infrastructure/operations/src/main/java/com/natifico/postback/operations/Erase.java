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
 * Erases what the tables hold about one conversion (the identity by which a person is known), or
 * about one affiliate; see data-protection.md.
 *
 * <p>Arguments: {@code affiliate} and its id, or {@code conversion} and both ids; then {@code now}
 * to erase instead of only counting, followed by {@code anyway} to erase although deliveries are
 * still waiting. The tables' names are in {@code EVENTS_TABLE}, {@code DELIVERIES_TABLE}, {@code
 * POSTBACKS_TABLE} and {@code LIMITS_TABLE}; region, credentials and {@code
 * AWS_ENDPOINT_URL_DYNAMODB} are the AWS SDK's own settings. The exit status is 0 if nothing is
 * left, 1 if something is, and 2 if the tables could not be read or written.
 */
public final class Erase {
  private static final String USAGE =
      "usage: affiliate <affiliate> [now [anyway]]"
          + " | conversion <affiliate> <conversion> [now [anyway]]";

  /**
   * Limits reads and writes together. All deliveries of an affiliate share a partition key, which
   * takes 1,000 writes a second.
   */
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
   * @param conversion null to erase the whole affiliate
   * @param now whether to erase; otherwise only count
   * @param anyway whether to erase although a message may write some of it again
   */
  record Request(String affiliate, @Nullable String conversion, boolean now, boolean anyway) {
    /**
     * @throws IllegalArgumentException if the arguments are wrong; the message is the usage
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
      System.err.println("Erasing is incomplete; run the same command again to continue: " + e);
    }
    System.exit(status);
  }

  /** Prints what was found and erased, and returns the exit status. */
  int answer(Request request) throws InterruptedException {
    Pace pace = new Pace(unitsPerSecond, clock, pause);
    StoredTraces traces =
        new StoredTraces(
            new PacedTables(client, pace),
            environment.getOrDefault("EVENTS_TABLE", "EventsTable"),
            environment.getOrDefault("DELIVERIES_TABLE", "DeliveriesTable"),
            environment.getOrDefault("POSTBACKS_TABLE", "PostbacksTable"),
            environment.getOrDefault("LIMITS_TABLE", "LimitsTable"));
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
        found.others().size() + found.limits().size(),
        found.waiting().size(),
        found.postbacks());
    found.waiting().forEach(id -> out.println("  waiting " + id));
    int status = found.isEmpty() ? 0 : 1;
    if (found.postbacks() > 0) {
      out.println(
          "nothing was erased: delete the postbacks first, or they may cause new deliveries");
    } else if (!request.now()) {
      out.println("nothing was erased, only counted; add now to erase");
    } else if (!found.waiting().isEmpty() && !request.anyway()) {
      out.println("nothing was erased: messages of the waiting deliveries would write rows again");
    } else {
      traces.erase(found);
      out.println("erased");
      status = 0;
    }
    out.printf(Locale.ROOT, "%.1f units%n", pace.units());
    return status;
  }
}
