package com.natifico.postback.acceptance;

import com.natifico.postback.Ids;
import com.natifico.postback.conversion.Conversion;
import com.natifico.postback.conversion.ConversionEvent;
import com.natifico.postback.conversion.ConversionReader;
import com.natifico.postback.conversion.ConversionStatus;
import com.natifico.postback.conversion.EventIdentity;
import com.natifico.postback.conversion.EventStore;
import com.natifico.postback.conversion.PushedFields;
import com.natifico.postback.conversion.SampleConversion;
import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.input.Fields;
import com.natifico.postback.postback.EventFilter;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.PostbackReader;
import com.natifico.postback.problem.Problem;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Test conversions: sent through queue, sender and log like real ones, with one attempt; the result
 * shows the requests and responses.
 */
public final class TestConversions {
  private static final int DEFAULT_WAIT_SECONDS = 10;
  private static final int MAX_WAIT_SECONDS = 20;

  /** The polling interval for the log; short compared with the latency of a tracker. */
  private static final Duration POLL_INTERVAL = Duration.ofMillis(100);

  private final Acceptance acceptance;
  private final EventStore events;
  private final PostbackReader postbacks;
  private final EventDeliveries deliveries;
  private final InstantSource clock;
  private final Waiting waiting;
  private final RandomGenerator random;

  /** Waits for a duration. */
  @FunctionalInterface
  public interface Waiting {
    void pass(Duration time);
  }

  public TestConversions(
      Acceptance acceptance,
      EventStore events,
      PostbackReader postbacks,
      EventDeliveries deliveries,
      InstantSource clock,
      Waiting waiting,
      RandomGenerator random) {
    this.acceptance = acceptance;
    this.events = events;
    this.postbacks = postbacks;
    this.deliveries = deliveries;
    this.clock = clock;
    this.waiting = waiting;
    this.random = random;
  }

  /**
   * The current state of a test conversion.
   *
   * @param complete whether every callback has been attempted
   */
  public record Report(ConversionEvent event, boolean complete, List<Delivery> deliveries) {}

  /**
   * Sends a test conversion and waits for its deliveries as long as the request asks for.
   *
   * @param affiliateId the affiliate whose postbacks are tested
   * @param fields the request without its affiliate; every field of a conversion is allowed
   * @throws com.natifico.postback.problem.ProblemException 404 for a postback that does not exist,
   *     422 for invalid fields, 503 if the conversion was not accepted
   */
  public Report send(String affiliateId, Fields fields) {
    Instant now = clock.instant();
    Integer wait = fields.integer("wait_seconds", 0, MAX_WAIT_SECONDS);
    String postbackId = fields.id("postback_id");
    Conversion conversion = read(affiliateId, fields, now);
    List<Postback> candidates =
        postbackId == null
            ? postbacks.forOffer(affiliateId, conversion.offerId())
            : List.of(unfiltered(affiliateId, postbackId));
    ConversionEvent event =
        switch (acceptance.acceptTest(conversion, candidates)) {
          case Acceptance.Result.Accepted(ConversionEvent accepted, boolean _) -> accepted;
          case Acceptance.Result.Conflict _ -> throw Problem.unavailable();
          case Acceptance.Result.Unavailable(RuntimeException cause) -> throw cause;
        };
    return await(event, Duration.ofSeconds(wait == null ? DEFAULT_WAIT_SECONDS : wait));
  }

  /**
   * The current state of a test conversion.
   *
   * @return null if there is none
   */
  public @Nullable Report find(String affiliateId, String testConversionId) {
    return events.ofConversion(affiliateId, testConversionId).stream()
        .filter(ConversionEvent::test)
        .findFirst()
        .map(this::report)
        .orElse(null);
  }

  private Conversion read(String affiliateId, Fields fields, Instant now) {
    fields.require("offer_id");
    String offerId = fields.id("offer_id");
    ConversionStatus status = ConversionReader.status(fields);
    String goal = ConversionReader.goal(fields);
    String shownId = ConversionReader.conversionId(fields);
    Instant occurredAt = ConversionReader.time(fields, "occurred_at");
    Instant clickAt = ConversionReader.time(fields, "click_at");
    PushedFields given = ConversionReader.macroFields(fields);
    fields.finish();
    EventIdentity identity =
        new EventIdentity(
            affiliateId,
            "test-" + Ids.random(random, 20),
            goal,
            status == null ? ConversionStatus.APPROVED : status);
    return SampleConversion.complete(
        new Conversion(
            identity,
            Objects.requireNonNull(offerId),
            occurredAt,
            clickAt,
            shownId == null ? given : given.with(Map.of("conversion_id", shownId))),
        now);
  }

  /** The named postback without its filters; a paused postback stays paused. */
  private Postback unfiltered(String affiliateId, String postbackId) {
    Postback postback = postbacks.find(affiliateId, postbackId);
    if (postback == null) {
      throw Problem.notFound("postback");
    }
    return new Postback(
        postback.key(),
        postback.settings().withFilter(EventFilter.ANY),
        postback.status(),
        postback.revision());
  }

  private Report await(ConversionEvent event, Duration atMost) {
    Instant deadline = clock.instant().plus(atMost);
    while (true) {
      Report report = report(event);
      if (report.complete() || !clock.instant().isBefore(deadline)) {
        return report;
      }
      waiting.pass(POLL_INTERVAL);
    }
  }

  private Report report(ConversionEvent event) {
    List<Delivery> found = deliveries.of(event);
    return new Report(
        event, found.stream().allMatch(delivery -> delivery.state().isFinal()), found);
  }
}
