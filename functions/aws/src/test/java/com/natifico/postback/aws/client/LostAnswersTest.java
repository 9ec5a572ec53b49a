package com.natifico.postback.aws.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.natifico.postback.aws.dynamodb.DynamoDbDeliveryLog;
import com.natifico.postback.aws.dynamodb.DynamoDbEventStore;
import com.natifico.postback.aws.dynamodb.DynamoDbPostbackStore;
import com.natifico.postback.aws.testing.DynamoDbEngine;
import com.natifico.postback.conversion.ConversionEvent;
import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.delivery.DeliveryState;
import com.natifico.postback.postback.PostbackStore;
import com.natifico.postback.testing.Samples;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** A write that was made, whose response was lost, and which the SDK repeats. */
final class LostAnswersTest {
  private static final DynamoDbEngine ENGINE = DynamoDbEngine.shared();

  private final LossyHttp http = new LossyHttp();
  private final DynamoDbClient client = new AwsClients(ENGINE.environment(), http).dynamoDb();

  @Test
  void recognisesItsOwnClaimAfterALostResponse() {
    DynamoDbEventStore store =
        new DynamoDbEventStore(
            client, ENGINE.createEventsTable(), Duration.ofDays(90), new SecureRandom());
    ConversionEvent event = Samples.event("c1");
    http.loseNext();
    assertNull(store.claim(event));
    assertEquals(2, http.requests.get());
    assertNotNull(store.claim(event), "a true duplicate, with the same id and content");
  }

  @Test
  void savesADeliveryAfterALostResponse() {
    DynamoDbDeliveryLog log =
        new DynamoDbDeliveryLog(
            client, ENGINE.createDeliveriesTable(), Duration.ofDays(90), new SecureRandom());
    Delivery first = Samples.delivered(Samples.callback("c1", "p1"));
    Delivery second = Samples.revised(first, DeliveryState.HELD);
    http.loseNext();
    assertTrue(log.save(first));
    http.loseNext();
    assertTrue(log.save(second));
    assertFalse(log.save(second), "another writer's row with the same content");
  }

  @Test
  void writesAPostbackOnceAfterALostResponse() {
    PostbackStore store =
        new DynamoDbPostbackStore(client, ENGINE.createPostbacksTable(), new SecureRandom());
    http.loseNext();
    assertEquals(PostbackStore.Written.DONE, store.create(Samples.postback("p1", null)));
    http.loseNext();
    assertEquals(PostbackStore.Written.DONE, store.replace(Samples.postback("p1", "1042"), 1));
    http.loseNext();
    store.find(Samples.AFFILIATE, "p1");
    assertEquals(PostbackStore.Written.DONE, store.delete(Samples.AFFILIATE, "p1", 1L));
  }

  /** Sends every request, and loses a response when the test asks for it. */
  private static final class LossyHttp implements SdkHttpClient {
    private final SdkHttpClient http = Apache5HttpClient.create();
    private final AtomicInteger requests = new AtomicInteger();
    private volatile boolean losing;

    void loseNext() {
      losing = true;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
      ExecutableHttpRequest prepared = http.prepareRequest(request);
      return new ExecutableHttpRequest() {
        @Override
        public HttpExecuteResponse call() throws IOException {
          requests.incrementAndGet();
          HttpExecuteResponse response = prepared.call();
          if (losing) {
            losing = false;
            prepared.abort();
            throw new IOException("the response was lost");
          }
          return response;
        }

        @Override
        public void abort() {
          prepared.abort();
        }
      };
    }

    @Override
    public void close() {
      http.close();
    }
  }
}
