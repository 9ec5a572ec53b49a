package com.natifico.postback.operations;

import com.natifico.postback.Ids;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Erases what the tables hold about one conversion (the identity by which a person is known), or
 * about one affiliate; see data-protection.md.
 *
 * <p>The tables' names are in the variables {@code EVENTS_TABLE}, {@code DELIVERIES_TABLE}, {@code
 * POSTBACKS_TABLE} and {@code LIMITS_TABLE}.
 */
public final class Erase {
  /**
   * Limits reads and writes together. All deliveries of an affiliate share a partition key, which
   * takes 1,000 writes a second.
   */
  public static final double UNITS_PER_SECOND = 200;

  /** As in the HTTP contract, which allows almost any characters. */
  private static final int MAX_CONVERSION_ID = 128;

  private final DynamoDbClient client;
  private final Map<String, String> environment;
  private final double unitsPerSecond;
  private final InstantSource clock;
  private final Pace.Pause pause;
  private final PrintStream out;

  /**
   * @param environment the variables
   * @param unitsPerSecond the limit of read and write units a second
   * @param out closed by the caller
   */
  public Erase(
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
  public record Request(
      String affiliate, @Nullable String conversion, boolean now, boolean anyway) {
    /**
     * @throws IllegalArgumentException if an id is wrong, or it is to be erased anyway but not now;
     *     the message says which
     */
    public Request {
      if (!Ids.isValid(affiliate)) {
        throw new IllegalArgumentException("not the id of an affiliate: " + affiliate);
      }
      if (conversion != null && (conversion.isEmpty() || conversion.length() > MAX_CONVERSION_ID)) {
        throw new IllegalArgumentException("not the id of a conversion: " + conversion);
      }
      if (anyway && !now) {
        throw new IllegalArgumentException("nothing is erased anyway unless it is erased now");
      }
    }
  }

  /** Prints what was found and erased, and returns 0 if nothing is left, 1 if something is. */
  public int answer(Request request) throws InterruptedException {
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
      out.println("nothing was erased, only counted; add --now to erase");
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
