package com.natifico.postback.url;

import org.jspecify.annotations.Nullable;

/**
 * Why no callback is sent to a URL.
 *
 * @param code stable, for programs: {@code invalid_scheme}, {@code user_info}, {@code invalid_host}
 *     and {@code invalid_port} are the parser's, {@code forbidden_address} and {@code
 *     forbidden_port} the egress guard's
 * @param message what is wrong and what to do about it
 * @param suggestion what to write in its place, if that is known
 */
public record UrlProblem(String code, String message, @Nullable String suggestion) {
  public UrlProblem(String code, String message) {
    this(code, message, null);
  }
}
