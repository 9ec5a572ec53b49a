package com.natifico.postback.aws.log;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * Writes log lines to standard output, one JSON object each, where Lambda collects them. Lambda
 * sorts them by {@code level} and {@code timestamp}.
 *
 * <p>A log line contains nothing of a request's content: no key, no URL, no address. Exception
 * messages may contain them, so addresses and query strings are masked.
 */
public final class Log {
  private static final ScopedValue<Map<String, String>> FIELDS = ScopedValue.newInstance();
  private static final InstantSource CLOCK = InstantSource.system();

  private Log() {}

  /**
   * Runs the work with these fields in all its log lines, in addition to the fields that are
   * already set. Other threads do not inherit them.
   *
   * @param fields such as {@code request_id}
   */
  public static <T> T with(Map<String, String> fields, Supplier<T> work) {
    Map<String, String> outer = FIELDS.orElse(Map.of());
    return ScopedValue.where(FIELDS, outer.isEmpty() ? Map.copyOf(fields) : both(outer, fields))
        .call(work::get);
  }

  private static Map<String, String> both(Map<String, String> outer, Map<String, String> inner) {
    Map<String, String> all = new LinkedHashMap<>(outer);
    all.putAll(inner);
    return Map.copyOf(all);
  }

  /** Logs an event that is not an error, with these members. */
  public static void info(String message, JsonOutput.Value members) {
    System.out.println(
        JsonOutput.object(
            out -> {
              head(out, "INFO", message);
              members.writeTo(out);
            }));
  }

  /** Logs an error and its stack trace. */
  public static void error(String message, Throwable cause) {
    StringWriter trace = new StringWriter();
    cause.printStackTrace(new PrintWriter(trace));
    System.out.println(
        JsonOutput.object(
            out -> {
              head(out, "ERROR", message);
              out.field("error", cause.getClass().getName())
                  .field("trace", Mask.mask(trace.toString()));
            }));
  }

  private static void head(JsonOutput out, String level, String message) throws IOException {
    out.field("timestamp", CLOCK.instant())
        .field("level", level)
        .field("message", Mask.mask(message));
    for (Map.Entry<String, String> field : FIELDS.orElse(Map.of()).entrySet()) {
      out.field(field.getKey(), field.getValue());
    }
  }

  /** {@link #error} as a function object. */
  public static BiConsumer<String, Throwable> errors() {
    return Log::error;
  }
}
