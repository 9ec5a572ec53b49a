package com.natifico.postback.functions.notifier;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.natifico.postback.aws.metric.Metric;
import com.natifico.postback.aws.stream.StoredChanges;
import com.natifico.postback.aws.stream.StreamResponse;
import com.natifico.postback.notification.PostbackEvent;
import com.natifico.postback.postback.EventKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reports the events that follow from changes of postbacks and deliveries, a batch of one shard at
 * a time. Once a minute it publishes what was collected and what an earlier invocation left.
 */
public final class NotifierFunction implements RequestStreamHandler {
  private final NotifierComposition services;

  /** The constructor that Lambda calls. */
  public NotifierFunction() {
    this(System.getenv());
  }

  /**
   * @param environment the variables of template.yaml
   */
  public NotifierFunction(Map<String, String> environment) {
    this(NotifierComposition.of(environment));
  }

  /** Uses the given services. */
  public NotifierFunction(NotifierComposition services) {
    this.services = services;
  }

  /**
   * @param event a batch of a stream, or the event of the schedule
   * @param answer stays empty for the schedule
   */
  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context)
      throws IOException {
    Optional<StoredChanges> batch = StoredChanges.read(event);
    if (batch.isPresent()) {
      report(batch.get(), answer);
    } else {
      services.publisher().publishDue();
    }
  }

  private void report(StoredChanges batch, OutputStream answer) throws IOException {
    List<PostbackEvent> events = new ArrayList<>();
    batch.changes().forEach(change -> services.finder().find(change).ifPresent(events::add));
    services.publisher().report(events);
    services
        .metrics()
        .add(
            Metric.PAUSED,
            events.stream().filter(event -> event.kind() == EventKind.PAUSED).count());
    services.metrics().flush();
    batch
        .unreadable()
        .ifPresent(record -> services.errors().accept("cannot read a changed row", record.cause()));
    // All changes come before the unreadable record.
    StreamResponse.write(answer, batch.unreadable().map(StoredChanges.Unreadable::at));
  }
}
