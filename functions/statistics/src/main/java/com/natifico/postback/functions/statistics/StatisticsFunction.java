package com.natifico.postback.functions.statistics;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.natifico.postback.aws.stream.DeliveryStreamEvent;
import com.natifico.postback.aws.stream.StreamResponse;
import com.natifico.postback.statistics.CountedChange;
import com.natifico.postback.statistics.SequenceNumber;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Counts the changes of the delivery log, a batch of one shard at a time. Lambda repeats a batch
 * from the first change that was not counted.
 */
public final class StatisticsFunction implements RequestStreamHandler {
  private final StatisticsComposition services;

  /** The constructor that Lambda calls. */
  public StatisticsFunction() {
    this(System.getenv());
  }

  /**
   * @param environment the variables of template.yaml
   */
  public StatisticsFunction(Map<String, String> environment) {
    this(StatisticsComposition.of(environment));
  }

  /** Uses the given services. */
  public StatisticsFunction(StatisticsComposition services) {
    this.services = services;
  }

  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context)
      throws IOException {
    DeliveryStreamEvent batch = DeliveryStreamEvent.read(event);
    Optional<SequenceNumber> uncounted = count(batch.shard(), batch.changes());
    batch
        .unreadable()
        .ifPresent(
            record -> services.errors().accept("cannot read a row of the log", record.cause()));
    // All changes come before the unreadable record.
    StreamResponse.write(
        answer, uncounted.or(() -> batch.unreadable().map(DeliveryStreamEvent.Unreadable::at)));
  }

  /**
   * Counts changes of one shard.
   *
   * @return the first change that was not counted, from which on the caller repeats them
   */
  public Optional<SequenceNumber> count(String shard, List<CountedChange> changes) {
    return services
        .statistics()
        .count(shard, changes, e -> services.errors().accept("cannot count changes", e));
  }
}
