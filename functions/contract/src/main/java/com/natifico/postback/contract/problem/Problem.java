package com.natifico.postback.contract.problem;

import java.time.Duration;
import java.util.List;

/**
 * Why a request was rejected, according to RFC 9457.
 *
 * @param type stable, for programs
 * @param detail what happened this time and what to do about it
 * @param errors the invalid fields, if the problem is about fields
 * @param retryAfterSeconds when the same request may be sent again; 0 if no time is known
 */
public record Problem(
    ProblemType type, String detail, List<FieldError> errors, long retryAfterSeconds) {
  public Problem {
    errors = List.copyOf(errors);
  }

  private Problem(ProblemType type, String detail, List<FieldError> errors) {
    this(type, detail, errors, 0);
  }

  /** The HTTP status. */
  public int status() {
    return type.status();
  }

  /** A problem that is not about fields. */
  public static ProblemException of(ProblemType type, String detail) {
    return of(type, detail, List.of());
  }

  public static ProblemException of(ProblemType type, String detail, List<FieldError> errors) {
    return new ProblemException(new Problem(type, detail, errors));
  }

  /** 400: the body is not JSON, or not JSON that can be read. */
  public static ProblemException malformed(String detail) {
    return of(ProblemType.MALFORMED, detail);
  }

  /** 403: this role is not permitted. */
  public static ProblemException forbidden(String detail) {
    return of(ProblemType.FORBIDDEN, detail);
  }

  /**
   * 404: the thing does not exist, or it belongs to someone else; the two responses are identical.
   */
  public static ProblemException notFound(String what) {
    return of(ProblemType.NOT_FOUND, "There is no such " + what + ".");
  }

  /** 412: the thing has changed since it was read. */
  public static ProblemException stale() {
    return of(
        ProblemType.STALE,
        "It has been changed since you read it. Read it again and repeat your change.");
  }

  /** 413: the body is too large. */
  public static ProblemException tooLarge(int limitBytes) {
    return of(
        ProblemType.TOO_LARGE,
        "The body is larger than " + limitBytes / 1024 + " KiB. Send less at a time.");
  }

  /** 415: the body is compressed. */
  public static ProblemException unsupportedEncoding() {
    return of(
        ProblemType.UNSUPPORTED_ENCODING,
        "The body has a Content-Encoding. Send it as it is: up to 256 KiB, without compression.");
  }

  /** 422: the request can be read, but these fields are invalid. */
  public static ProblemException invalid(List<FieldError> errors) {
    String detail =
        errors.size() == 1
            ? errors.getFirst().message()
            : errors.size() + " fields are invalid; each is named in errors.";
    return of(ProblemType.INVALID, detail, errors);
  }

  /** 422 about a single field. */
  public static ProblemException invalid(String field, String code, String message) {
    return invalid(List.of(new FieldError(field, code, message)));
  }

  /**
   * 429: the caller has sent too many requests.
   *
   * @param limit the limit as a sentence without its full stop
   * @param retryAfter how long to wait; answered in whole seconds, rounded up
   */
  public static ProblemException rateLimited(String limit, Duration retryAfter) {
    long seconds = wholeSeconds(retryAfter);
    return new ProblemException(
        new Problem(
            ProblemType.RATE_LIMITED,
            limit
                + ". Nothing was done. Send the same request again in "
                + seconds
                + (seconds == 1 ? " second." : " seconds."),
            List.of(),
            seconds));
  }

  /**
   * 409: the first request with this name is being carried out.
   *
   * @param retryAfter how long that may take; answered in whole seconds, rounded up
   */
  public static ProblemException requestRunning(Duration retryAfter) {
    return new ProblemException(
        new Problem(
            ProblemType.REQUEST_RUNNING,
            "The first request with this Idempotency-Key is still being carried out.",
            List.of(),
            wholeSeconds(retryAfter)));
  }

  private static long wholeSeconds(Duration time) {
    return time.plusNanos(999_999_999).toSeconds();
  }

  /** 500: an error of ours. */
  public static ProblemException internal() {
    return of(
        ProblemType.INTERNAL,
        "An unexpected error occurred and was logged. Send the same request again.");
  }

  /** 503: a store or a queue was unavailable; the same request may be sent again. */
  public static ProblemException unavailable() {
    return new ProblemException(
        new Problem(
            ProblemType.UNAVAILABLE,
            "Nothing was accepted. Send the same request again.",
            List.of(),
            1));
  }
}
