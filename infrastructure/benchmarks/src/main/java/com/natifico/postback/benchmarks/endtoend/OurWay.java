package com.natifico.postback.benchmarks.endtoend;

import com.natifico.postback.benchmarks.conversion.Pushes;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.StringEntity;

/** As an ad network pushes: over HTTP to the local stack, which does the rest. */
final class OurWay implements Way {
  private static final String NETWORK_KEY = "Bearer local-network";

  private final CloseableHttpClient http;
  private final String api;
  private final Queue callbacks;

  /**
   * @param callbacks the stack's own queue of first attempts
   */
  OurWay(CloseableHttpClient http, int port, Queue callbacks) {
    this.http = http;
    this.api = "http://127.0.0.1:" + port;
    this.callbacks = callbacks;
  }

  /** Saves a postback of the affiliate whose conversions are pushed. */
  void givenPostback(String template) throws IOException {
    send(
        "/v1/affiliates/77/postbacks",
        "Bearer local-affiliate-77",
        "{\"url\": \"" + template + "\"}",
        201,
        "");
  }

  @Override
  public void prepare(List<String> conversionIds) {
    // An ad network has nothing to prepare.
  }

  @Override
  public void push(List<String> conversionIds) throws IOException {
    if (conversionIds.size() == 1) {
      send("/v1/conversions", NETWORK_KEY, Pushes.conversion(conversionIds.getFirst()), 202, "");
      return;
    }
    String body =
        conversionIds.stream()
            .map(Pushes::conversion)
            .collect(Collectors.joining(",", "{\"conversions\":[", "]}"));
    send("/v1/conversions/batch", NETWORK_KEY, body, 200, "\"status\":5");
  }

  /**
   * @param never what may not stand in the answer, unless it is empty
   */
  private void send(String path, String key, String body, int expected, String never)
      throws IOException {
    HttpPost post = new HttpPost(api + path);
    post.setHeader("authorization", key);
    post.setEntity(new StringEntity(body, ContentType.APPLICATION_JSON));
    http.execute(
        post,
        response -> {
          String answer = EntityUtils.toString(response.getEntity());
          if (response.getCode() != expected || (!never.isEmpty() && answer.contains(never))) {
            throw new IOException(response.getCode() + " " + answer);
          }
          return answer;
        });
  }

  @Override
  public int unfinished() {
    return callbacks.messages();
  }
}
