package com.natifico.postback.aws.client;

import com.natifico.postback.Unavailable;
import java.util.Objects;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** Translates the failures of AWS services, so that no port throws an exception of the SDK. */
public final class Refusals {
  private static final int FORBIDDEN = 403;
  private static final int SERVER_FAULT = 500;

  private Refusals() {}

  /**
   * What is thrown for a call that failed after all of its attempts: {@link Unavailable} if there
   * was no answer, if it was throttled, for a fault of the service (5xx), or if the credentials or
   * permissions were not accepted (403); {@link IllegalStateException} if the call was wrong. The
   * store that made a conditional call handles its refusal, so that one is returned as it is.
   */
  public static RuntimeException of(SdkException failure) {
    if (failure instanceof ConditionalCheckFailedException
        || failure instanceof TransactionCanceledException) {
      return failure;
    }
    String message = Objects.requireNonNullElse(failure.getMessage(), "no answer");
    return isUnavailable(failure)
        ? new Unavailable(message, failure)
        : new IllegalStateException(message, failure);
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
