package com.natifico.postback.cli.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The API's routes about one affiliate, for its own key or an account manager's. */
public final class AffiliateApi {
  private final ApiConnection connection;
  private final String affiliate;
  private final String root;

  private AffiliateApi(ApiConnection connection, String affiliate) {
    this.connection = connection;
    this.affiliate = affiliate;
    this.root = "/v1/affiliates/" + ApiConnection.segment(affiliate);
  }

  /**
   * The routes about the named affiliate, or about the one that the key is bound to.
   *
   * @param named null if none was named
   * @throws UsageProblem if the key is neither an affiliate's nor an account manager's, or if it is
   *     a manager's and none was named, or an affiliate's and another was named
   */
  public static AffiliateApi of(ApiConnection connection, @Nullable String named)
      throws InterruptedException {
    return KeyOwner.ask(connection).affiliate(connection, named);
  }

  static AffiliateApi about(ApiConnection connection, String affiliate) {
    return new AffiliateApi(connection, affiliate);
  }

  /** Whose key it is. */
  public sealed interface KeyOwner {
    /** The key is bound to this affiliate. */
    record Affiliate(String id) implements KeyOwner {}

    /** The key is for any affiliate. */
    record AccountManager() implements KeyOwner {}

    /**
     * Asks the API whose key this is.
     *
     * @throws UsageProblem if it is neither an affiliate's nor an account manager's
     */
    static KeyOwner ask(ApiConnection connection) throws InterruptedException {
      JsonNode me = connection.get("/v1/me", Map.of());
      String role = me.path("role").asText();
      return switch (role) {
        case "affiliate" -> new Affiliate(me.path("affiliate_id").asText());
        case "manager" -> new AccountManager();
        default ->
            throw new UsageProblem(
                "This needs the key of an affiliate or an account manager, and the key's role is %s."
                    .formatted(role));
      };
    }

    /**
     * The routes about the named affiliate, or about the one that the key is bound to.
     *
     * @param named null if none was named
     * @throws UsageProblem if the key is a manager's and none was named, or an affiliate's and
     *     another was named
     */
    default AffiliateApi affiliate(ApiConnection connection, @Nullable String named) {
      return switch (this) {
        case Affiliate(String id) -> {
          if (named != null && !named.equals("me") && !named.equals(id)) {
            throw new UsageProblem(
                "The key is that of affiliate %s, so %s cannot be named.".formatted(id, named));
          }
          yield about(connection, id);
        }
        case AccountManager() -> {
          if (named == null) {
            throw new UsageProblem(
                "The key is an account manager's: name the affiliate, as in --affiliate 77");
          }
          yield about(connection, named);
        }
      };
    }
  }

  /** The affiliate's id. */
  public String affiliate() {
    return affiliate;
  }

  /**
   * The answer to a GET.
   *
   * @param path from the affiliate on, with its slash
   */
  public JsonNode get(String path, Map<String, String> parameters) throws InterruptedException {
    return connection.get(root + path, parameters);
  }

  /** The answer to a GET; null if there is no such thing. */
  public @Nullable JsonNode find(String path, Map<String, String> parameters)
      throws InterruptedException {
    try {
      return get(path, parameters);
    } catch (ApiRefusal refusal) {
      // An id that is too long, or has characters that no id of ours has, is refused as invalid.
      if (refusal.isProblem() && (refusal.status() == 404 || refusal.status() == 422)) {
        return null;
      }
      throw refusal;
    }
  }

  /** The answer to a POST. */
  public JsonNode post(String path, JsonNode body) throws InterruptedException {
    return connection.post(root + path, body);
  }

  /**
   * The answer to a PUT.
   *
   * @param version the version that is to be changed
   */
  public JsonNode put(String path, JsonNode body, String version) throws InterruptedException {
    return connection.put(root + path, body, version);
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
    return connection.list(root + path, parameters, limit, requests, item, page);
  }

  /** All the affiliate's postbacks by their ids, the oldest first. */
  public Map<String, JsonNode> postbacks(Map<String, String> parameters)
      throws InterruptedException {
    Map<String, JsonNode> postbacks = new LinkedHashMap<>();
    list(
        "/postbacks",
        parameters,
        Integer.MAX_VALUE,
        Integer.MAX_VALUE,
        each -> postbacks.put(each.path("postback_id").asText(), each),
        page -> {});
    return postbacks;
  }

  /** Pauses or resumes a postback, and returns it. */
  public JsonNode setState(String postbackId, String state) throws InterruptedException {
    String path = "/postbacks/" + ApiConnection.segment(postbackId);
    JsonNode postback = get(path, Map.of());
    ObjectNode changed = postback.deepCopy();
    changed.put("state", state);
    return put(path, changed, postback.path("version").asText());
  }

  /**
   * Posts until the answer has no {@code next}, and returns the sum of all {@code count}.
   *
   * @param answer called after each answer, with the sum so far
   */
  public long postAll(String path, ObjectNode body, BiConsumer<JsonNode, Long> answer)
      throws InterruptedException {
    long sum = 0;
    ObjectNode request = body.deepCopy();
    while (true) {
      JsonNode answered = post(path, request);
      sum += answered.path("count").asLong();
      answer.accept(answered, sum);
      if (answered.path("next").isNull()) {
        return sum;
      }
      request.put("cursor", answered.path("next").asText());
    }
  }
}
