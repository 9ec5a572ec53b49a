package com.natifico.postback.acceptance;

import com.natifico.postback.Ids;
import com.natifico.postback.Unavailable;
import com.natifico.postback.conversion.Conversion;
import com.natifico.postback.conversion.ConversionEvent;
import com.natifico.postback.conversion.EventStore;
import com.natifico.postback.conversion.SampleConversion;
import com.natifico.postback.delivery.Callback;
import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.macro.Template.Finding;
import com.natifico.postback.postback.AdPlatform;
import com.natifico.postback.postback.Conformance;
import com.natifico.postback.postback.EventFilter;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.PostbackReader;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Test conversions: sent through queue, sender and log like real ones, with one attempt; the result
 * shows the requests and responses.
 */
public final class TestConversions {
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
   * What is to be tested.
   *
   * @param conversion with the fields that were given and a {@linkplain #newId new id}
   * @param postbackId the only postback to test, whatever its filters; null for those that match
   * @param atMost how long to wait for the deliveries
   */
  public record Request(Conversion conversion, @Nullable String postbackId, Duration atMost) {}

  /** The id of another test conversion. */
  public String newId() {
    return "test-" + Ids.random(random, 20);
  }

  /**
   * Sends a test conversion, with plausible values for the fields that were not given, and waits
   * for its deliveries.
   *
   * @return null if there is no such postback
   * @throws com.natifico.postback.Unavailable if it was not accepted
   */
  public @Nullable Report send(Request request) {
    Conversion conversion = SampleConversion.complete(request.conversion(), clock.instant());
    List<Postback> candidates = candidates(conversion, request.postbackId());
    if (candidates == null) {
      return null;
    }
    ConversionEvent event =
        switch (acceptance.acceptTest(conversion, candidates)) {
          case Acceptance.Result.Accepted(ConversionEvent accepted, boolean _) -> accepted;
          case Acceptance.Result.Conflict _ ->
              throw new Unavailable("another test conversion has the same id", null);
          case Acceptance.Result.Unavailable(RuntimeException cause) -> throw cause;
        };
    return await(event, request.atMost());
  }

  private @Nullable List<Postback> candidates(Conversion conversion, @Nullable String postbackId) {
    if (postbackId == null) {
      return postbacks.forOffer(conversion.affiliateId(), conversion.offerId());
    }
    Postback postback = postbacks.find(conversion.affiliateId(), postbackId);
    return postback == null ? null : List.of(unfiltered(postback));
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

  /** What an ad platform demands and the test conversion's requests lack. */
  public List<Finding> warnings(Report report) {
    List<Finding> warnings = new ArrayList<>();
    for (Delivery delivery : report.deliveries()) {
      Callback callback = delivery.callback();
      Postback postback = postbacks.find(callback.affiliateId(), callback.postbackId());
      AdPlatform platform = postback == null ? null : postback.settings().judging().adPlatform();
      if (postback != null && platform != null) {
        warnings.addAll(warnings(postback, platform, callback));
      }
    }
    return warnings.stream().distinct().toList();
  }

  private static List<Finding> warnings(Postback postback, AdPlatform platform, Callback callback) {
    List<Finding> warnings =
        new ArrayList<>(Conformance.ofTemplate(platform, postback.settings().request()));
    Conformance conformance = new Conformance(platform, postback.settings().request());
    conformance.add(
        callback.request(), Duration.between(callback.occurredAt(), callback.createdAt()));
    warnings.addAll(conformance.ofTestConversion());
    String secret = platform.testMode().secret();
    if (secret != null && !postback.settings().secrets().named().containsKey(secret)) {
      warnings.add(
          new Finding(
              "test_secret_missing",
              "The test mode of "
                  + platform.name()
                  + " needs the secret "
                  + secret
                  + ". Without it a test conversion is not sent, because it would count as a real"
                  + " one.",
              null,
              null));
    }
    return warnings;
  }

  /** The postback without its filters; a paused postback stays paused. */
  private static Postback unfiltered(Postback postback) {
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
