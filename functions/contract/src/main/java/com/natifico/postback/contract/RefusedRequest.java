package com.natifico.postback.contract;

import com.natifico.postback.contract.answer.ProblemJson;
import com.natifico.postback.contract.input.Input;
import com.natifico.postback.contract.input.JsonInput;
import com.natifico.postback.contract.problem.FieldError;
import com.natifico.postback.contract.problem.Problem;
import com.natifico.postback.push.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What the push log keeps of a refused request: bounded in size, and without any key. */
public final class RefusedRequest {
  /** The limit for the content, in bytes of UTF-8. */
  public static final int MAX_CONTENT = 2 * 1024;

  /** The limit for the problem, in bytes of JSON. */
  private static final int MAX_PROBLEM = 4 * 1024;

  private static final int MAX_ERRORS = 10;
  private static final int MAX_DETAIL = 512;
  private static final int MAX_TEXT = 256;

  private final Request request;

  public RefusedRequest(Request request) {
    this.request = request;
  }

  /** The whole request: its body or, if it has none, its query. */
  public Refusal refusal(Problem problem) {
    return refusal(problem, request.sent());
  }

  /** An item of its batch. */
  public Refusal refusal(Problem problem, Input item) {
    return refusal(problem, JsonInput.write(item));
  }

  private Refusal refusal(Problem problem, String sent) {
    // Each character takes at least one byte in UTF-8.
    String masked = KeyMask.mask(sent, request.keys(), MAX_CONTENT + 1);
    String content = cut(masked, MAX_CONTENT);
    return new Refusal(
        request.routeKey(),
        problem.status(),
        bounded(problem),
        content,
        content.length() < masked.length());
  }

  /** The problem, with texts that are cut and with only some of its errors if it is too long. */
  private String bounded(Problem problem) {
    List<FieldError> errors =
        problem.errors().stream().limit(MAX_ERRORS).map(this::bounded).toList();
    String detail = shown(problem.detail(), MAX_DETAIL);
    while (true) {
      String json =
          ProblemJson.write(
              new Problem(problem.type(), detail, errors, problem.retryAfterSeconds()));
      if (json.getBytes(StandardCharsets.UTF_8).length <= MAX_PROBLEM || errors.isEmpty()) {
        return json;
      }
      errors = errors.subList(0, errors.size() - 1);
    }
  }

  private FieldError bounded(FieldError error) {
    String suggestion = error.suggestion();
    return new FieldError(
        shown(error.field(), MAX_TEXT),
        shown(error.code(), MAX_TEXT),
        shown(error.message(), MAX_TEXT),
        suggestion == null ? null : shown(suggestion, MAX_TEXT));
  }

  private String shown(String text, int maxBytes) {
    return cut(KeyMask.mask(text, request.keys(), maxBytes + 1), maxBytes);
  }

  /** As UTF-8, with a question mark for each lone surrogate, and cut between two characters. */
  private static String cut(String text, int maxBytes) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int end = Math.min(bytes.length, maxBytes);
    while (end < bytes.length && (bytes[end] & 0xC0) == 0x80) {
      end--;
    }
    return new String(bytes, 0, end, StandardCharsets.UTF_8);
  }
}
