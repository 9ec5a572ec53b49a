package com.natifico.postback.aws;

import com.natifico.postback.Unavailable;
import java.util.Objects;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/** Which failures of an AWS service are not about the call itself. */
public final class Refusals {
  private static final int FORBIDDEN = 403;
  private static final int SERVER_FAULT = 500;

  private Refusals() {}

  /**
   * Makes the call.
   *
   * @throws Unavailable if it failed after all of its attempts because there was no answer, because
   *     it was throttled, because of a fault of the service (5xx), or because the credentials or
   *     permissions were not accepted (403)
   * @throws SdkException if it failed otherwise
   */
  public static <T> T reported(Supplier<T> call) {
    try {
      return call.get();
    } catch (SdkException e) {
      throw isUnavailable(e)
          ? new Unavailable(Objects.requireNonNullElse(e.getMessage(), "no answer"), e)
          : e;
    }
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
