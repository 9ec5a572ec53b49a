package com.natifico.postback.contract.problem;

import java.util.List;

/**
 * Why a request was rejected, according to RFC 9457.
 *
 * @param status the HTTP status
 * @param type stable, for programs: the last segment of the problem's type URI
 * @param title the same for every problem of this type
 * @param detail what happened this time and what to do about it
 * @param errors the invalid fields, if the problem is about fields
 */
public record Problem(
    int status, String type, String title, String detail, List<FieldError> errors) {
  public Problem {
    errors = List.copyOf(errors);
  }

  private static ProblemException of(int status, String type, String title, String detail) {
    return new ProblemException(new Problem(status, type, title, detail, List.of()));
  }

  /** 400: the body is not JSON, or not JSON that can be read. */
  public static ProblemException malformed(String detail) {
    return of(400, "malformed", "The request cannot be read", detail);
  }

  /** 403: this role is not permitted. */
  public static ProblemException forbidden(String detail) {
    return of(403, "forbidden", "Not allowed", detail);
  }

  /**
   * 404: the thing does not exist, or it belongs to someone else; the two responses are identical.
   */
  public static ProblemException notFound(String what) {
    return of(404, "not_found", "Not found", "There is no such " + what + ".");
  }

  /** 409: the request conflicts with the current state. */
  public static ProblemException conflict(
      String type, String title, String detail, List<FieldError> errors) {
    return new ProblemException(new Problem(409, type, title, detail, errors));
  }

  /** 412: the thing has changed since it was read. */
  public static ProblemException stale() {
    return of(
        412,
        "stale",
        "Changed in the meantime",
        "It has been changed since you read it. Read it again and repeat your change.");
  }

  /** 413: the body is too large. */
  public static ProblemException tooLarge(int limitBytes) {
    return of(
        413,
        "too_large",
        "Too large",
        "The body is larger than " + limitBytes / 1024 + " KiB. Send less at a time.");
  }

  /** 422: the request can be read, but these fields are invalid. */
  public static ProblemException invalid(List<FieldError> errors) {
    String detail =
        errors.size() == 1
            ? errors.getFirst().message()
            : errors.size() + " fields are invalid; each is named in errors.";
    return new ProblemException(
        new Problem(422, "invalid", "Some fields are invalid", detail, errors));
  }

  /** 422 about a single field. */
  public static ProblemException invalid(String field, String code, String message) {
    return invalid(List.of(new FieldError(field, code, message)));
  }

  /** 500: an error of ours. */
  public static ProblemException internal() {
    return of(
        500,
        "internal",
        "Internal error",
        "An unexpected error occurred and was logged. Send the same request again.");
  }

  /** 503: a store or a queue was unavailable; the same request may be sent again. */
  public static ProblemException unavailable() {
    return of(
        503,
        "unavailable",
        "Temporarily unavailable",
        "Nothing was accepted. Send the same request again.");
  }
}
