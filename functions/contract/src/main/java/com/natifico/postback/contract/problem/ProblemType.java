package com.natifico.postback.contract.problem;

import com.natifico.postback.Words;
import org.jspecify.annotations.Nullable;

/**
 * Every problem of the API. Its word is the last segment of the problem's type URI, and {@code GET
 * /v1/problems/{code}} explains it.
 */
public enum ProblemType {
  MALFORMED(
      400,
      "The request cannot be read",
      "The body is not JSON in UTF-8, a percent-encoding is broken, or a header is invalid.",
      "Correct the request at the place that detail names."),
  FORBIDDEN(
      403,
      "Not allowed",
      "The key is valid, but its role may not use this route.",
      "Use a key of another role. GET /v1/me shows the role of a key."),
  OFFER_NOT_ALLOWED(
      403,
      "Offer not allowed",
      "The key is restricted to offers, and the offer of the conversion is not one of them. Nothing"
          + " was accepted.",
      "Push with a key for this offer, or ask an admin for one. GET /v1/me shows the offers of a"
          + " key."),
  ADDRESS_NOT_ALLOWED(
      403,
      "Address not allowed",
      "The key is restricted to addresses, and the request came from another one. Nothing was"
          + " accepted.",
      "Push from one of the key's addresses, or ask an admin for a key that includes this one. GET"
          + " /v1/me shows the addresses of a key."),
  NOT_FOUND(
      404,
      "Not found",
      "It does not exist, was deleted, or belongs to another affiliate; the answers are identical.",
      "Check the ids in the path."),
  CONFLICT(
      409,
      "Accepted before with different content",
      "The same event (affiliate, conversion, goal and status) was accepted before with other"
          + " values. Nothing was changed.",
      "Compare the fields that errors names with the first push."),
  LIMIT_REACHED(
      409,
      "Limit reached",
      "There are as many of these as one affiliate or scope may have.",
      "Delete one that is no longer needed."),
  NOT_FINISHED(
      409,
      "Cannot be resent now",
      "The first attempt of the delivery has not been made yet.",
      "Wait for the first attempt."),
  ATTEMPT_RUNNING(
      409,
      "Cannot be resent now",
      "An attempt of the delivery is in progress.",
      "Read the delivery again in a minute, and resend it if that attempt failed."),
  REQUEST_TOO_LARGE(
      409,
      "Cannot be resent now",
      "The expanded request exceeds 32 KiB in its URL or 96 KiB in its body, so it was never sent.",
      "Shorten the postback's template, or enter the conversion in the tracker by hand."),
  ATTEMPTS_EXHAUSTED(
      409,
      "Cannot be resent now",
      "The delivery has reached the limit of attempts.",
      "Enter the conversion in the tracker by hand."),
  POSTBACK_PAUSED(
      409,
      "The postback is paused",
      "A paused postback sends nothing.",
      "Resume the postback by a PUT with the state active, then repeat the request."),
  POSTBACK_DELETED(
      409,
      "Cannot be resent now",
      "The postback of the delivery has been deleted.",
      "Create a postback with the same URL and send a back-fill to it."),
  STALE(
      412,
      "Changed in the meantime",
      "If-Match names another version than the stored one.",
      "Read it again and repeat the change."),
  REQUEST_RUNNING(
      409,
      "The first request is still running",
      "A request with the same Idempotency-Key and content is being carried out.",
      "Send the same request again after the seconds in Retry-After to get its answer."),
  TOO_LARGE(
      413,
      "Too large",
      "The body of the request is larger than 256 KiB.",
      "Send less in one request."),
  UNSUPPORTED_ENCODING(
      415,
      "Unsupported encoding",
      "The body of the request is compressed.",
      "Send the body without Content-Encoding."),
  INVALID(
      422,
      "Some fields are invalid",
      "The request can be read, but some of its fields or parameters are invalid. Nothing was"
          + " changed.",
      "Correct the fields that errors names; a suggestion can be used as it is."),
  IDEMPOTENCY_KEY_REUSED(
      422,
      "Idempotency-Key used before",
      "A request with the same Idempotency-Key but other content was made within 24 hours. Nothing"
          + " was changed.",
      "Use a new key for each request, and the same key only to repeat a request unchanged."),
  RATE_LIMITED(
      429,
      "Too many requests",
      "The key or the affiliate has sent more such requests than its limit. Nothing was done, and no"
          + " delivery lost an attempt. The gateway's own 429 for a route has no problem document.",
      "Send the same request again after the seconds in Retry-After; detail names the limit."),
  INTERNAL(
      500,
      "Internal error",
      "An unexpected error occurred and was logged.",
      "Send the same request again."),
  UNAVAILABLE(
      503,
      "Temporarily unavailable",
      "A store or a queue did not answer. Nothing was accepted.",
      "Send the same request again after the time in Retry-After, or after a second.");

  private final int status;
  private final String title;
  private final String meaning;
  private final String remedy;

  ProblemType(int status, String title, String meaning, String remedy) {
    this.status = status;
    this.title = title;
    this.meaning = meaning;
    this.remedy = remedy;
  }

  /** The type with this word; null if there is none. */
  public static @Nullable ProblemType find(String word) {
    return Words.find(ProblemType.class, word);
  }

  public String word() {
    return Words.word(this);
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** The same for every problem of this type. */
  public String title() {
    return title;
  }

  /** What a problem of this type means. */
  public String meaning() {
    return meaning;
  }

  /** What the client can do about it. */
  public String remedy() {
    return remedy;
  }
}
