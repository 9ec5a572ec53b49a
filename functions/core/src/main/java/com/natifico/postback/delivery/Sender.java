package com.natifico.postback.delivery;

import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.PostbackReader;
import com.natifico.postback.postback.SigningSecret;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Carries one message through: due? already made? still wanted? then the attempt, its record, what
 * follows from it, and only then does the caller acknowledge.
 *
 * <p>A message that comes back finds what was done and goes on from there. The usual first attempt
 * costs one read and one write; every other one takes the delivery's lease first, so that of
 * several messages for the same attempt one makes it. What is left is one window: a first attempt
 * whose worker dies, or whose message the queue delivers twice, between the request and the record.
 *
 * <p>Safe for use by several threads.
 */
public final class Sender {
  /**
   * How long an attempt is its taker's alone. No sender lives longer: it is the function's timeout
   * in template.yaml, at least. The 10 s of an attempt alone would not do, for the log may take 8 s
   * for the lease and 8 s for the record.
   */
  public static final Duration LEASE = Duration.ofSeconds(30);

  /**
   * How long a resend's message waits for the row that it was put on the queue for. The resend
   * writes the row right behind; if it died there, nothing has changed and the message is dropped.
   */
  private static final Duration RESEND_GRACE = Duration.ofSeconds(30);

  private static final Duration SHORT_HOP = Duration.ofSeconds(1);

  /**
   * How long an attempt that is due may be put off in all because its endpoint rests. Then it is
   * made, however the endpoint does: every delivery comes to an end, and people see why it has not
   * arrived.
   */
  private static final Duration LONGEST_PUT_OFF = Duration.ofMinutes(15);

  /** Spreads what was put off until the same end of a rest. */
  private static final Duration PUT_OFF_JITTER = Duration.ofSeconds(5);

  private final DeliveryLog log;
  private final CallbackQueue retries;
  private final FollowUp followUp;
  private final PostbackReader postbacks;
  private final Transport transport;
  private final Breaker breaker = new Breaker();
  private final RetrySchedule schedule;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final DeliveryObserver observer;

  /**
   * @param retries where waiting messages travel
   * @param random for the jitter
   */
  public Sender(
      DeliveryLog log,
      CallbackQueue retries,
      FollowUp followUp,
      PostbackReader postbacks,
      Transport transport,
      RetrySchedule schedule,
      InstantSource clock,
      RandomGenerator random) {
    this(
        log,
        retries,
        followUp,
        postbacks,
        transport,
        schedule,
        clock,
        random,
        DeliveryObserver.NONE);
  }

  /**
   * @param retries where waiting messages travel
   * @param random for the jitter
   */
  public Sender(
      DeliveryLog log,
      CallbackQueue retries,
      FollowUp followUp,
      PostbackReader postbacks,
      Transport transport,
      RetrySchedule schedule,
      InstantSource clock,
      RandomGenerator random,
      DeliveryObserver observer) {
    this.log = log;
    this.retries = retries;
    this.followUp = followUp;
    this.postbacks = postbacks;
    this.transport = transport;
    this.schedule = schedule;
    this.clock = clock;
    this.random = random;
    this.observer = observer;
  }

  /**
   * An attempt that would not be over in time; nothing was done, and the message must come back.
   */
  public static final class OutOfTime extends RuntimeException {
    private static final long serialVersionUID = 1;

    OutOfTime() {
      super("no time is left for an attempt");
    }
  }

  /** Does what the message asks for, with all the time in the world. */
  public void handle(CallbackMessage message) {
    handle(message, () -> true);
  }

  /**
   * Does what the message asks for. When it returns, the message is done with; when it throws, the
   * message has to come back.
   *
   * @param hasTime whether there is time for an attempt, up to 10 s, and its record; asked before
   *     one is made
   * @throws OutOfTime if there is none
   */
  public void handle(CallbackMessage message, BooleanSupplier hasTime) {
    while (!step(message, hasTime)) {
      // Somebody else changed the row meanwhile: look again.
    }
  }

  /** Whether the message is done with; if not, the row has changed under it. */
  private boolean step(CallbackMessage message, BooleanSupplier hasTime) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    if (message.dueAt().isAfter(now)) {
      followUp.enqueue(retries, message);
      return true;
    }
    Callback callback = message.callback();
    Delivery row = log.find(callback.affiliateId(), callback.deliveryId());
    if (row == null) {
      if (message.attempt() > 1) {
        throw new IllegalStateException("no row for a retry of " + callback.deliveryId());
      }
      return attempt(message, Delivery.unrecorded(callback), hasTime);
    }
    if (row.attempts().size() >= message.attempt()) {
      if (message.name().equals(row.recordedBy())) {
        followUp.after(row, now);
      }
      return true;
    }
    if (message.redrive() && row.state() == DeliveryState.FAILED) {
      // From here on it is a resend like any other, also if this worker dies now.
      log.save(row.resent(now));
      return false;
    }
    if (row.state().isFinal() || isBefore(now, row.nextAttemptAt())) {
      if (now.isBefore(message.sentAt().plus(RESEND_GRACE))) {
        followUp.enqueue(retries, message.dueAt(now.plus(SHORT_HOP)));
      }
      return true;
    }
    if (row.isLeased(now)) {
      Instant free = row.leasedUntil();
      followUp.enqueue(retries, message.dueAt(free == null ? now : free));
      return true;
    }
    return attempt(message, row, hasTime);
  }

  private static boolean isBefore(Instant now, @Nullable Instant time) {
    return time != null && now.isBefore(time);
  }

  private boolean attempt(CallbackMessage message, Delivery row, BooleanSupplier hasTime) {
    Callback callback = row.callback();
    Postback postback = postbacks.find(callback.affiliateId(), callback.postbackId());
    if (postback == null) {
      return log.save(row.failed("postback_deleted"));
    }
    if (postback.isPaused()) {
      Delivery held = row.held();
      boolean saved = log.save(held);
      if (saved) {
        observer.held(held);
      }
      return saved;
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Instant rest = rest(message, now);
    if (rest != null) {
      return putOff(message, row, now, rest);
    }
    if (!hasTime.getAsBoolean()) {
      throw new OutOfTime();
    }
    Delivery mine = row;
    if (row.revision() > 0) {
      mine = row.leased(now.plus(LEASE));
      if (!log.save(mine)) {
        return false;
      }
    }
    Transport.Exchange exchange =
        transport.send(callback.request(), headers(callback, postback, now));
    breaker.ended(callback.request().endpoint(), exchange, clock.instant());
    Delivery recorded = record(mine, exchange, now, message.name());
    followUp.attempted(recorded, postback, exchange.outcome(), clock.instant());
    Instant accepted = callback.createdAt();
    boolean first = recorded.attempts().size() == 1 && message.putOffSince() == null;
    observer.attempted(
        recorded,
        first ? Duration.between(accepted, now) : null,
        Duration.between(accepted, clock.instant()));
    return true;
  }

  /** Until when the attempt is to be put off because its endpoint rests; null to make it now. */
  private @Nullable Instant rest(CallbackMessage message, Instant now) {
    Callback callback = message.callback();
    Instant since = message.putOffSince();
    if (callback.test() || (since != null && !now.isBefore(since.plus(LONGEST_PUT_OFF)))) {
      return null;
    }
    Instant rest = breaker.restsUntil(callback.request().endpoint(), now);
    if (rest == null) {
      return null;
    }
    long jitter = (long) (PUT_OFF_JITTER.toMillis() * random.nextDouble());
    return rest.truncatedTo(ChronoUnit.MILLIS).plusMillis(jitter);
  }

  /**
   * Lets the message travel on without an attempt. There may be two of it afterwards, so a first
   * attempt gets its row before: whoever makes it takes the lease. A retry's row, which tells when
   * it is made, is written after: it must not wait for a message that nobody sent.
   */
  private boolean putOff(CallbackMessage message, Delivery row, Instant now, Instant until) {
    if (row.revision() == 0 && !log.save(row.pending())) {
      return false;
    }
    followUp.enqueue(retries, message.putOff(now, until));
    if (row.state() == DeliveryState.RETRYING) {
      log.save(row.putOff(until));
    }
    return true;
  }

  /**
   * Writes the attempt to the log. It has been made, so it is recorded whatever else has happened
   * to the row meanwhile.
   *
   * <p>If the same message has made an attempt meanwhile, in other hands, those may acknowledge it.
   * Then what follows is done before the record: behind it, nobody would do it for a worker that
   * dies.
   */
  private Delivery record(Delivery row, Transport.Exchange exchange, Instant at, String message) {
    Callback callback = row.callback();
    Delivery base = row;
    while (true) {
      Delivery recorded = after(base, exchange, at, message);
      if (!Objects.equals(base.leasedUntil(), row.leasedUntil())) {
        recorded = recorded.stillLeased(base.leasedUntil());
      }
      if (base.revision() != row.revision() && message.equals(base.recordedBy())) {
        followUp.after(recorded, clock.instant());
      }
      if (log.save(recorded)) {
        return recorded;
      }
      Delivery stored = log.find(callback.affiliateId(), callback.deliveryId());
      base = stored == null ? Delivery.unrecorded(callback) : stored;
    }
  }

  private Delivery after(Delivery row, Transport.Exchange exchange, Instant at, String message) {
    Attempt attempt = new Attempt(row.attempts().size() + 1, at, exchange.result());
    if (exchange.outcome() == Outcome.DELIVERED || row.state() == DeliveryState.DELIVERED) {
      return row.delivered(attempt);
    }
    RetrySchedule applied = row.callback().test() ? RetrySchedule.NONE : schedule;
    Instant next = applied.next(row, exchange, clock.instant(), random);
    return next == null
        ? row.failed(attempt, message)
        : row.retrying(attempt, next.truncatedTo(ChronoUnit.MILLIS), message);
  }

  private static Map<String, String> headers(Callback callback, Postback postback, Instant now) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("User-Agent", "Natifico-Postback/1");
    headers.put("webhook-id", callback.deliveryId());
    headers.put("webhook-timestamp", Long.toString(now.getEpochSecond()));
    List<String> secrets =
        postback.settings().signingSecrets().stream()
            .filter(secret -> secret.until() == null || secret.until().isAfter(now))
            .map(SigningSecret::value)
            .toList();
    if (!secrets.isEmpty()) {
      String body = callback.request().body();
      headers.put(
          "webhook-signature",
          WebhookSignature.sign(
              secrets, callback.deliveryId(), now.getEpochSecond(), body == null ? "" : body));
    }
    return headers;
  }
}
