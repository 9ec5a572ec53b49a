package com.natifico.postback.aws;

import com.natifico.postback.aws.json.JsonOutput;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.function.BiConsumer;

/**
 * Our log lines: one JSON object each on standard output, which is where Lambda takes logs from.
 * Nothing of a request's content belongs into them: no key, no URL, no address.
 */
public final class Log {
  private Log() {}

  /** An error and its stack trace. */
  public static void error(String message, Throwable cause) {
    StringWriter trace = new StringWriter();
    cause.printStackTrace(new PrintWriter(trace));
    System.out.println(
        JsonOutput.object(
            out ->
                out.field("level", "ERROR")
                    .field("message", message)
                    .field("error", cause.getClass().getName())
                    .field("trace", trace.toString())));
  }

  /** {@link #error} as a value. */
  public static BiConsumer<String, Throwable> errors() {
    return Log::error;
  }
}
