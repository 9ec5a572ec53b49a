package com.natifico.postback.functions.sender.http;

import com.natifico.postback.delivery.Attempt.Latency;
import com.natifico.postback.delivery.AttemptResult;
import com.natifico.postback.delivery.Outcome;
import com.natifico.postback.delivery.Transport.Exchange;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLHandshakeException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpException;
import org.jspecify.annotations.Nullable;

/** Why there is no response: the outcome, and the reason as text for users. */
record Failure(Outcome outcome, String error) {

  /**
   * @param note see {@link AttemptResult#note}
   */
  Exchange exchange(Latency latency, @Nullable String note) {
    return new Exchange(new AttemptResult(outcome, null, latency, null, error, note), null);
  }

  /** Whether the failure was caused by the end of the time and not by the endpoint. */
  static boolean isLate(Exception e, Progress progress) {
    return progress.isExpired()
        || e instanceof SocketTimeoutException
        || Thread.currentThread().isInterrupted();
  }

  static Failure of(Exception e, Target target, Progress progress, Budgets budgets) {
    if (e instanceof BlockedException) {
      return new Failure(Outcome.BLOCKED, String.valueOf(e.getMessage()));
    }
    boolean late = isLate(e, progress);
    String endpoint = target.hostName() + " port " + target.endpoint().port();
    String budget = seconds(budgets.total());
    return switch (progress.stage()) {
      case WAITING -> new Failure(Outcome.CONNECT, "No connection was free within " + budget + ".");
      case DNS ->
          new Failure(
              Outcome.DNS,
              late
                  ? "The name " + target.hostName() + " was not resolved within " + budget + "."
                  : e instanceof UnknownHostException
                      ? "The name " + target.hostName() + " has no address."
                      : "The name " + target.hostName() + " could not be resolved.");
      case CONNECT ->
          new Failure(
              Outcome.CONNECT,
              "No connection to " + endpoint + ": " + connectError(e, late, budgets) + ".");
      case TLS ->
          late
              ? new Failure(
                  Outcome.TIMEOUT, "The TLS handshake was not finished within " + budget + ".")
              : new Failure(Outcome.TLS, tlsError(e));
      case RESPONSE, BODY -> noResponse(e, late, budget);
    };
  }

  private static Failure noResponse(Exception e, boolean late, String budget) {
    if (late) {
      return new Failure(Outcome.TIMEOUT, "No response within " + budget + ".");
    }
    // With TLS 1.3 a server rejects the client only after the handshake.
    if (e instanceof SSLHandshakeException) {
      return new Failure(Outcome.TLS, tlsError(e));
    }
    String what;
    if (find(e, HttpException.class) != null) {
      what = "The response does not begin with an HTTP status line.";
    } else if (find(e, ConnectionClosedException.class) != null) {
      what = "The endpoint closed the connection before the status line of a response.";
    } else {
      what = "The connection broke before the status line of a response.";
    }
    return new Failure(Outcome.INVALID_RESPONSE, what);
  }

  private static String connectError(Exception e, boolean late, Budgets budgets) {
    if (late) {
      return "no response within " + seconds(budgets.connect());
    }
    return switch (e) {
      case NoRouteToHostException _ -> "no route";
      case ConnectException _ -> "connection refused";
      default -> "the connection broke";
    };
  }

  private static String tlsError(Exception e) {
    CertificateCheck.Rejected rejected = find(e, CertificateCheck.Rejected.class);
    if (rejected != null) {
      return Snippet.visible(String.valueOf(rejected.getMessage()));
    }
    String message = String.valueOf(e.getMessage());
    if (message.contains("protocol_version") || message.contains("protocol version")) {
      return "The endpoint speaks neither TLS 1.2 nor TLS 1.3.";
    }
    return "The TLS handshake failed: " + Snippet.cut(Snippet.visible(message), true, 200);
  }

  private static <T extends Throwable> @Nullable T find(Throwable thrown, Class<T> type) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return type.cast(cause);
      }
    }
    return null;
  }

  private static String seconds(Duration duration) {
    return duration.toMillis() % 1000 == 0
        ? duration.toSeconds() + " s"
        : duration.toMillis() + " ms";
  }
}
