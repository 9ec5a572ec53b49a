package com.natifico.postback.benchmarks.sender;

import com.natifico.postback.benchmarks.process.AwsStub;
import com.natifico.postback.benchmarks.process.Together;
import com.natifico.postback.delivery.DeliveryObserver;
import com.natifico.postback.delivery.FollowUp;
import com.natifico.postback.delivery.HealthWatch;
import com.natifico.postback.delivery.RetryPolicy;
import com.natifico.postback.delivery.RetrySchedule;
import com.natifico.postback.delivery.Sender;
import com.natifico.postback.delivery.SenderStores;
import com.natifico.postback.egress.EgressGuard;
import com.natifico.postback.functions.sender.http.HttpTransport;
import com.natifico.postback.testing.InMemoryCallbackQueue;
import com.natifico.postback.testing.InMemoryDeadLetterQueue;
import com.natifico.postback.testing.InMemoryDeliveryLog;
import com.natifico.postback.testing.InMemoryEventStore;
import com.natifico.postback.testing.InMemoryPaceStore;
import com.natifico.postback.testing.InMemoryPostbackHealth;
import com.natifico.postback.testing.InMemoryPostbackStore;
import com.natifico.postback.testing.Samples;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.io.entity.EntityUtils;

/**
 * Compares deliveries without the log's writes, which are the SDK's work: the whole sender on
 * in-memory stores, and a bare HttpClient 5 that makes the same requests on the same number of
 * threads.
 */
final class Delivering implements AutoCloseable {
  /** The number of requests that a sender has in flight. */
  private static final int CONNECTIONS = 256;

  private final HttpTransport transport =
      new HttpTransport(EgressGuard.of(Map.of("EGRESS_ALLOW", "127.0.0.0/8")));
  private final CloseableHttpClient bare =
      HttpClients.custom()
          .setConnectionManager(
              PoolingHttpClientConnectionManagerBuilder.create()
                  .setMaxConnPerRoute(CONNECTIONS)
                  .setMaxConnTotal(CONNECTIONS)
                  .build())
          .disableAutomaticRetries()
          .disableRedirectHandling()
          .disableCookieManagement()
          .disableContentCompression()
          .disableAuthCaching()
          .setUserAgent("Natifico-Postback/1")
          .build();

  private Sender sender() {
    InstantSource clock = InstantSource.system();
    InMemoryPostbackStore postbacks = new InMemoryPostbackStore();
    postbacks.create(Samples.postback(AwsStub.POSTBACK, AwsStub.OFFER));
    InMemoryDeliveryLog log = new InMemoryDeliveryLog();
    InMemoryCallbackQueue retries = new InMemoryCallbackQueue(clock);
    return new Sender(
        new SenderStores(log, postbacks, new InMemoryEventStore()),
        transport,
        new FollowUp(
            retries,
            new InMemoryDeadLetterQueue(),
            new HealthWatch(new InMemoryPostbackHealth(postbacks), postbacks, log, (_, _) -> {})),
        new RetryPolicy(RetrySchedule.parse("1m"), () -> ThreadLocalRandom.current().nextLong()),
        clock,
        DeliveryObserver.NONE,
        InMemoryPaceStore.pacing(postbacks, _ -> {}));
  }

  /** Sends this number of callbacks, one batch at a time. */
  void ours(int deliveries, int batch, String url) throws Exception {
    Sender sender = sender();
    for (int sent = 0; sent < deliveries; sent += batch) {
      Together.run(
          Collections.nCopies(batch, url),
          each -> sender.handle(Messages.message(each), () -> true));
    }
  }

  /** Makes the same number of requests in the same way. */
  void bare(int deliveries, int batch, String url) throws Exception {
    for (int sent = 0; sent < deliveries; sent += batch) {
      Together.run(
          Collections.nCopies(batch, url),
          each -> {
            HttpGet get = new HttpGet(each);
            get.setHeader("webhook-id", "1m6e94cj-0kq3f7v2a9x1-5d2c-p1");
            get.setHeader("webhook-timestamp", "1793628189");
            int status =
                bare.execute(
                    get,
                    response -> {
                      EntityUtils.consume(response.getEntity());
                      return response.getCode();
                    });
            if (status != 200) {
              throw new IllegalStateException("answered " + status);
            }
          });
    }
  }

  @Override
  public void close() throws IOException {
    bare.close();
    transport.close();
  }
}
