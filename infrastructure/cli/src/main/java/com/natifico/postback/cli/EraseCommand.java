package com.natifico.postback.cli;

import com.natifico.postback.cli.api.UsageProblem;
import com.natifico.postback.operations.Erase;
import com.natifico.postback.operations.Erase.Request;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Erases what the tables hold about a conversion or an affiliate. */
@Command(
    name = "erase",
    description = {
      "Counts or erases what is stored about a conversion or an affiliate.",
      "Without --now it only counts. The tables are named in EVENTS_TABLE, DELIVERIES_TABLE,"
          + " POSTBACKS_TABLE and LIMITS_TABLE; region and credentials are those of the AWS SDK. Ends"
          + " with 1 if something is left."
    })
final class EraseCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Parameters(index = "0", paramLabel = "AFFILIATE", description = "The affiliate.")
  private String affiliate = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "CONVERSION",
      description = "The conversion. Without it, the whole affiliate.")
  private @Nullable String conversion;

  @Option(names = "--now", description = "Erases, instead of only counting.")
  private boolean isNow;

  @Option(
      names = "--anyway",
      description = "With --now: erases although deliveries are waiting, whose messages are lost.")
  private boolean isAnyway;

  EraseCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws InterruptedException {
    Request request = request();
    try (DynamoDbClient client = DynamoDbClient.create()) {
      return new Erase(
              client,
              surroundings.environment(),
              Erase.UNITS_PER_SECOND,
              surroundings.clock(),
              surroundings.pause()::of,
              surroundings.out())
          .answer(request);
    } catch (SdkException e) {
      surroundings.err().println("Erasing is incomplete; run the same command again to continue.");
      throw e;
    }
  }

  private Request request() {
    try {
      return new Request(affiliate, conversion, isNow, isAnyway);
    } catch (IllegalArgumentException e) {
      throw new UsageProblem(String.valueOf(e.getMessage()));
    }
  }
}
