package com.natifico.postback.cli.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to the API with one key. A 429 is waited for, as long as Retry-After says or a
 * second: nothing was done. Everything else that is not successful is an {@link ApiRefusal}, and no
 * answer an {@link ApiUnreachable}. Redirects are not followed, so the key goes to no other host.
 */
public final class ApiConnection {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  /** API Gateway ends a request after 30 seconds. */
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(40);

  private static final int MAX_TRIES = 20;

  /** The API allows a resend of a period once a minute. */
  private static final Duration MAX_WAIT = Duration.ofMinutes(2);

  /** The API's limit of a page. */
  private static final int MAX_PAGE = 200;

  private static final Pattern KEY = Pattern.compile("[!-~]+");

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();
  private final URI url;
  private final String key;
  private final WaitTime wait;

  private ApiConnection(URI url, String key, WaitTime wait) {
    this.url = url;
    this.key = key;
    this.wait = wait;
  }

  /**
   * @throws UsageProblem if the URL is not that of an API, or would send the key over a network
   *     without TLS, or if the text is not a key
   */
  public static ApiConnection to(String url, String key, WaitTime wait) {
    String bare = key.strip();
    if (!KEY.matcher(bare).matches()) {
      throw new UsageProblem("The key is empty, or has characters that no key has.");
    }
    return new ApiConnection(checked(url.strip()), bare, wait);
  }

  private static URI checked(String url) {
    try {
      URI uri = new URI(url.replaceFirst("/+$", ""));
      String host = uri.getHost();
      boolean isHttp = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (!isHttp
          || host == null
          || uri.getRawQuery() != null
          || uri.getRawFragment() != null
          || uri.getRawUserInfo() != null) {
        throw new UsageProblem(
            "%s is not the URL of an API: give it like https://api.example.com".formatted(url));
      }
      if ("http".equals(uri.getScheme()) && !isThisMachine(host)) {
        throw new UsageProblem(
            "%s would send the key without TLS: use https, or a host of this machine"
                .formatted(url));
      }
      return uri;
    } catch (URISyntaxException e) {
      throw new UsageProblem("%s is not a URL: %s".formatted(url, e.getReason()));
    }
  }

  private static boolean isThisMachine(String host) {
    boolean isAddress = host.startsWith("[") || host.matches("[0-9.]+");
    try {
      return host.equals("localhost")
          || (isAddress && InetAddress.ofLiteral(host).isLoopbackAddress());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Where the API is. */
  public URI url() {
    return url;
  }

  /**
   * A text as a segment of a path.
   *
   * @throws UsageProblem if it cannot be one
   */
  public static String segment(String text) {
    if (text.isEmpty() || text.equals(".") || text.equals("..")) {
      throw new UsageProblem("“%s” cannot be an id.".formatted(text));
    }
    return encoded(text);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** The answer to a GET; parameters with an empty value are left out. */
  public JsonNode get(String path, Map<String, String> parameters) throws InterruptedException {
    String query =
        parameters.entrySet().stream()
            .filter(each -> !each.getValue().isEmpty())
            .map(each -> encoded(each.getKey()) + "=" + encoded(each.getValue()))
            .collect(Collectors.joining("&"));
    return send("GET", query.isEmpty() ? path : path + "?" + query, null, null);
  }

  /** The answer to a POST. */
  public JsonNode post(String path, JsonNode body) throws InterruptedException {
    return send("POST", path, body, null);
  }

  /**
   * The answer to a PUT.
   *
   * @param version the version that is to be changed; null for whichever there is
   */
  public JsonNode put(String path, JsonNode body, @Nullable String version)
      throws InterruptedException {
    return send("PUT", path, body, version);
  }

  /** Deletes what is there. */
  public void delete(String path) throws InterruptedException {
    send("DELETE", path, null, null);
  }

  /**
   * Reads pages of a list until it ends, {@code limit} items have been read, or {@code requests}
   * have been made.
   *
   * @param page called after each page, with the whole answer
   * @return whether there are more items
   */
  public boolean list(
      String path,
      Map<String, String> parameters,
      int limit,
      int requests,
      Consumer<JsonNode> item,
      Consumer<JsonNode> page)
      throws InterruptedException {
    Map<String, String> query = new HashMap<>(parameters);
    int left = limit;
    for (int made = 0; made < requests; made++) {
      query.put("limit", Integer.toString(Math.min(left, MAX_PAGE)));
      JsonNode answer = get(path, query);
      answer.path("items").forEach(item);
      page.accept(answer);
      left -= answer.path("items").size();
      if (answer.path("next").isNull() || answer.path("next").isMissingNode()) {
        return false;
      }
      if (left <= 0) {
        return true;
      }
      query.put("cursor", answer.path("next").asText());
    }
    return true;
  }

  private JsonNode send(
      String method, String path, @Nullable JsonNode body, @Nullable String version)
      throws InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path))
            .timeout(ANSWER_TIMEOUT)
            .header("Authorization", "Bearer " + key)
            .header("Accept", "application/json")
            .method(
                method,
                body == null
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(ApiJson.write(body)));
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    if (version != null) {
      request.header("If-Match", '"' + version + '"');
    }
    HttpRequest built = request.build();
    for (int tries = 1; ; tries++) {
      HttpResponse<String> response = exchange(built);
      int status = response.statusCode();
      if (status / 100 == 2) {
        return ApiJson.lenient(response.body());
      }
      Duration later = retryAfter(response);
      if (status != 429 || tries == MAX_TRIES || later.compareTo(MAX_WAIT) > 0) {
        throw ApiRefusal.of(status, ApiJson.lenient(response.body()));
      }
      wait.of(later);
    }
  }

  private static Duration retryAfter(HttpResponse<String> response) {
    Optional<String> header = response.headers().firstValue("Retry-After");
    return Duration.ofSeconds(
        header.filter(text -> text.matches("[0-9]{1,6}")).map(Long::parseLong).orElse(1L));
  }

  private HttpResponse<String> exchange(HttpRequest request) throws InterruptedException {
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new ApiUnreachable(url, e);
    }
  }
}
