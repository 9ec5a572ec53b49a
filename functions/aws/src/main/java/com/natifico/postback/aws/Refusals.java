package com.natifico.postback.aws;

import com.natifico.postback.Unavailable;
import java.util.Objects;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/** Decides which failures of an AWS service are not caused by the call itself. */
public final class Refusals {
  private static final int FORBIDDEN = 403;
  private static final int SERVER_FAULT = 500;

  private Refusals() {}

  /**
   * The exception to throw for a call that failed after all of its attempts: {@link Unavailable} if
   * the service did not respond, throttled the call, failed (5xx), or rejected the credentials or
   * permissions (403); otherwise the failure itself.
   */
  public static RuntimeException of(SdkException failure) {
    return isUnavailable(failure)
        ? new Unavailable(Objects.requireNonNullElse(failure.getMessage(), "no answer"), failure)
        : failure;
  }

  private static boolean isUnavailable(SdkException failure) {
    return switch (failure) {
      case SdkClientException _ -> true;
      case AwsServiceException service ->
          service.isThrottlingException()
              || service.statusCode() == FORBIDDEN
              || service.statusCode() >= SERVER_FAULT;
      default -> false;
    };
  }
}
