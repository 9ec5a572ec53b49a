package com.natifico.postback.aws.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.natifico.postback.Unavailable;
import com.natifico.postback.aws.dynamodb.DynamoDbDeliveryLog;
import com.natifico.postback.aws.sqs.SqsCallbackQueue;
import com.natifico.postback.delivery.CallbackMessage;
import com.natifico.postback.delivery.DeliveryLog;
import com.natifico.postback.testing.Samples;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;

/** Which failed calls are reported as {@link Unavailable}, tested with AWS's responses. */
final class UnavailableTest {
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "AWS_REGION", "eu-west-1", "AWS_ACCESS_KEY_ID", "id", "AWS_SECRET_ACCESS_KEY", "secret");

  /** Answers every request with this response; throws if the status is 0. */
  private record Answering(int status, String body) implements SdkHttpClient {
    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
      return new ExecutableHttpRequest() {
        @Override
        public HttpExecuteResponse call() throws IOException {
          if (status == 0) {
            throw new IOException("no answer");
          }
          return HttpExecuteResponse.builder()
              .response(SdkHttpResponse.builder().statusCode(status).build())
              .responseBody(
                  AbortableInputStream.create(
                      new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8))))
              .build();
        }

        @Override
        public void abort() {
          // The call has ended already.
        }
      };
    }

    @Override
    public void close() {
      // There is nothing to close.
    }
  }

  private static String error(String type) {
    return "{\"__type\":\"com.amazonaws.dynamodb.v20120810#" + type + "\",\"message\":\"m\"}";
  }

  private static DeliveryLog log(int status, String type) {
    AwsClients clients = new AwsClients(ENVIRONMENT, new Answering(status, error(type)));
    return new DynamoDbDeliveryLog(
        clients.dynamoDb(), "deliveries", Duration.ofDays(90), new Random(1));
  }

  @ParameterizedTest
  @CsvSource({
    "0, none",
    "400, ProvisionedThroughputExceededException",
    "400, ThrottlingException",
    "400, RequestLimitExceeded",
    "403, AccessDeniedException",
    "500, InternalServerError",
    "503, ServiceUnavailable",
  })
  void isUnavailable(int status, String type) {
    DeliveryLog log = log(status, type);
    assertThrows(Unavailable.class, () -> log.find("77", "d1"));
    assertThrows(
        Unavailable.class, () -> log.save(Samples.delivered(Samples.callback("c1", "p1"))));
  }

  @ParameterizedTest
  @CsvSource({"400, ValidationException", "400, ResourceNotFoundException"})
  void isCausedByTheCall(int status, String type) {
    DeliveryLog log = log(status, type);
    assertThrows(IllegalStateException.class, () -> log.find("77", "d1"));
  }

  @Test
  void sendsNothingIfTheQueueDoesNotRespond() {
    AwsClients clients = new AwsClients(ENVIRONMENT, new Answering(503, ""));
    List<String> errors = new ArrayList<>();
    CallbackMessage message = Samples.message(Samples.callback("c1", "p1"));
    Set<String> refused =
        new SqsCallbackQueue(
                clients.sqs(), "https://sqs/q", () -> Samples.NOW, (what, _) -> errors.add(what))
            .send(List.of(message));
    assertEquals(Set.of(message.callback().deliveryId()), refused);
    assertEquals(List.of("SQS did not take a batch of callbacks"), errors);
  }
}
