package com.natifico.postback.delivery;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** When a failed attempt is made again. {@code n} waits make {@code n + 1} attempts. */
public record RetrySchedule(List<Duration> waits) {
  /** Three attempts in total for a client error, which another attempt is unlikely to change. */
  private static final int CLIENT_ERROR_ATTEMPTS = 3;

  private static final Duration MAX_RETRY_AFTER = Duration.ofHours(24);

  /** Spreads the retries of attempts that failed together; retries only move later. */
  private static final double MAX_JITTER = 0.2;

  private static final Pattern WAIT = Pattern.compile("([0-9]{1,6})([smhd])");
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,9})?");

  /** The three forms of an HTTP date (RFC 9110, section 5.6.7), all of them in GMT. */
  private static final List<DateTimeFormatter> HTTP_DATES =
      List.of(
          DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US),
          DateTimeFormatter.ofPattern("EEEE, dd-MMM-yy HH:mm:ss 'GMT'", Locale.US),
          DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.US));

  /** No retries: one attempt, as for a test conversion. */
  public static final RetrySchedule NONE = new RetrySchedule(List.of());

  public RetrySchedule {
    waits = List.copyOf(waits);
  }

  /**
   * Reads {@code 1m,5m,15m}: numbers with s, m, h or d.
   *
   * @throws IllegalArgumentException if the text is not a schedule
   */
  public static RetrySchedule parse(String text) {
    List<Duration> waits = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      Matcher matcher = WAIT.matcher(part.strip());
      if (!matcher.matches()) {
        throw new IllegalArgumentException(
            "The retry schedule is a list like 1m,5m,1h (numbers with s, m, h or d), not: " + text);
      }
      long number = Long.parseLong(matcher.group(1));
      waits.add(
          switch (matcher.group(2)) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
          });
    }
    return new RetrySchedule(waits);
  }

  /**
   * When the next attempt is made.
   *
   * @param delivery before this exchange was recorded
   * @param exchange the result of the attempt that has just ended
   * @param now when it ended
   * @param random for the jitter
   * @return null if there is none: the callback was delivered or failed permanently, or the
   *     schedule is exhausted
   */
  public @Nullable Instant next(
      Delivery delivery, Transport.Exchange exchange, Instant now, RandomGenerator random) {
    int attempts = delivery.history().count() + 1;
    int attemptsOfSchedule = delivery.history().countOfSchedule() + 1;
    boolean again =
        switch (exchange.outcome()) {
          case DELIVERED, REJECTED, REDIRECT, BLOCKED -> false;
          case DEFERRED_BY_RULE, TIMEOUT, DNS, CONNECT, TLS, INVALID_RESPONSE -> true;
          case HTTP_ERROR -> isRetried(exchange.httpStatus(), attempts);
        };
    if (!again || attemptsOfSchedule > waits.size()) {
      return null;
    }
    Duration wait = waits.get(attemptsOfSchedule - 1);
    Duration jitter =
        Duration.ofMillis((long) (wait.toMillis() * MAX_JITTER * random.nextDouble()));
    Instant scheduled = now.plus(wait).plus(jitter);
    Instant asked = retryAfter(exchange, now);
    return asked != null && asked.isAfter(scheduled) ? asked : scheduled;
  }

  private static boolean isRetried(@Nullable Integer status, int attempts) {
    return switch (status) {
      case null -> true;
      case 410 -> false;
      case 408, 425, 429 -> true;
      default -> status < 400 || status >= 500 || attempts < CLIENT_ERROR_ATTEMPTS;
    };
  }

  /** The time that a 429 or 503 asks for, at most 24 hours ahead; null if there is no valid one. */
  static @Nullable Instant retryAfter(Transport.Exchange exchange, Instant now) {
    Integer status = exchange.httpStatus();
    String header = exchange.retryAfter();
    if (header == null || status == null || (status != 429 && status != 503)) {
      return null;
    }
    Instant asked = parseRetryAfter(header.strip(), now);
    Instant latest = now.plus(MAX_RETRY_AFTER);
    return asked != null && asked.isAfter(latest) ? latest : asked;
  }

  private static @Nullable Instant parseRetryAfter(String header, Instant now) {
    if (SECONDS.matcher(header).matches()) {
      return now.plusSeconds((long) Math.ceil(Double.parseDouble(header)));
    }
    for (DateTimeFormatter format : HTTP_DATES) {
      try {
        return format.parse(header, LocalDateTime::from).toInstant(ZoneOffset.UTC);
      } catch (DateTimeException e) {
        // The date is in another of the three forms.
      }
    }
    return null;
  }
}
