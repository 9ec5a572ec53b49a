package com.natifico.postback.functions.sender.http;

import com.natifico.postback.delivery.Transport;
import com.natifico.postback.delivery.Transport.Exchange;
import com.natifico.postback.egress.EgressGuard;
import com.natifico.postback.postback.CallbackRequest;
import com.natifico.postback.postback.HttpMethod;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Transports for tests: 127.0.0.1 counts as public, every other address of this machine as
 * internal.
 */
final class Transports {
  /** Budgets that never run out in a test. */
  static final Budgets AMPLE =
      new Budgets(
          Duration.ofSeconds(20),
          Duration.ofSeconds(30),
          Duration.ofSeconds(15),
          Duration.ofSeconds(15),
          16 * 1024,
          1024);

  private Transports() {}

  static HttpTransport ample(NameResolver names) throws Exception {
    return with(names, AMPLE);
  }

  static HttpTransport with(NameResolver names, Budgets budgets) throws Exception {
    return with(names, budgets, AttemptTime.system());
  }

  static HttpTransport with(NameResolver names, Budgets budgets, AttemptTime time)
      throws Exception {
    EgressGuard guard = new EgressGuard(List.of("127.0.0.1/32"), Set.of(80, 443));
    return new HttpTransport(guard, names, Certificates.check(), budgets, time);
  }

  static Exchange get(HttpTransport transport, String url) {
    return answer(transport, url, Transport.BodyUse.LOG).exchange();
  }

  static Transport.Answer answer(HttpTransport transport, String url, Transport.BodyUse use) {
    return transport.send(
        new CallbackRequest(HttpMethod.GET, url, null, null),
        Map.of("User-Agent", "Natifico-Postback/1"),
        use);
  }
}
