package com.natifico.postback.cli;

import com.natifico.postback.cli.api.UsageProblem;
import com.natifico.postback.operations.Reconcile;
import com.natifico.postback.operations.Reconcile.Question;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Compares the accepted events of a day with the delivery log, in the tables. */
@Command(
    name = "reconcile",
    description = {
      "Compares the accepted events of a day with the delivery log.",
      "Counts the outcomes and lists every difference. It reads the tables, named in EVENTS_TABLE and"
          + " DELIVERIES_TABLE, with the region and the credentials of the AWS SDK. Ends with 1 if there"
          + " is a difference."
    })
final class ReconcileCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Parameters(
      index = "0",
      split = ",",
      paramLabel = "AFFILIATE",
      description = "The affiliates, separated by commas.")
  private List<String> affiliates = List.of();

  @Parameters(index = "1", paramLabel = "DAY", description = "The day in UTC, as 2026-11-02.")
  private LocalDate day = LocalDate.EPOCH;

  @Option(
      names = "--read-units",
      paramLabel = "N",
      description = "The read units a second. Default: ${DEFAULT-VALUE}.")
  private double unitsPerSecond = Reconcile.UNITS_PER_SECOND;

  @Option(
      names = "--late-after",
      paramLabel = "MINUTES",
      description = "After how many minutes a due callback is late. Default: ${DEFAULT-VALUE}.")
  private long minutes = Reconcile.PATIENCE.toMinutes();

  ReconcileCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws InterruptedException {
    Question question = question();
    try (DynamoDbClient client = DynamoDbClient.create()) {
      return new Reconcile(
              client,
              surroundings.environment(),
              surroundings.clock(),
              surroundings.pause()::of,
              surroundings.out())
          .answer(question);
    }
  }

  private Question question() {
    try {
      return new Question(affiliates, day, unitsPerSecond, Duration.ofMinutes(minutes));
    } catch (IllegalArgumentException e) {
      throw new UsageProblem(String.valueOf(e.getMessage()));
    }
  }
}
