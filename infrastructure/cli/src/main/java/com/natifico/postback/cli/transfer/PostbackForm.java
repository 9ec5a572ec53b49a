package com.natifico.postback.cli.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.natifico.postback.cli.api.ApiJson;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The members of a postback that decide what it does. Two postbacks have equal form if these
 * members are equal, where a member that is left out has its default. Secrets are compared by their
 * names, because their values are never answered.
 */
public final class PostbackForm {
  /** What an export has, in this order. */
  public static final List<String> EXPORTED =
      List.of(
          "affiliate_id",
          "postback_id",
          "offer_id",
          "label",
          "state",
          "url",
          "method",
          "body",
          "content_type",
          "headers",
          "secrets",
          "statuses",
          "goals",
          "revisions",
          "also_global",
          "stale",
          "max_per_second",
          "signature",
          "signed",
          "tracker",
          "answer_rules");

  /** What answers have and requests must not have. */
  static final Set<String> READ_ONLY =
      Set.of(
          "affiliate_id",
          "postback_id",
          "paused_reason",
          "signed",
          "endpoint",
          "created_at",
          "updated_at",
          "version",
          "effective_answer_rules",
          "warnings");

  private static final Map<String, String> TEXTS =
      Map.of(
          "method", "GET",
          "revisions", "ignore",
          "stale", "drop",
          "state", "active",
          "signature", "hmac");

  private static final List<String> AS_GIVEN =
      List.of("url", "body", "label", "tracker", "answer_rules");

  private static final Map<String, String> STATUS_CODES =
      Map.of("1", "approved", "2", "pending", "3", "declined", "5", "hold");

  private PostbackForm() {}

  /** A postback of the API with the members of an export. */
  public static ObjectNode exported(JsonNode postback) {
    ObjectNode row = ApiJson.object();
    EXPORTED.forEach(member -> row.set(member, postback.path(member)));
    return row;
  }

  /** The body that saves this postback. */
  static ObjectNode request(ObjectNode row) {
    ObjectNode request = row.deepCopy();
    request.remove(READ_ONLY);
    boolean isUnsigned = row.has("signed") && !isSigned(row);
    if (isUnsigned) {
      request.putNull("signing_secret");
    }
    return request;
  }

  /**
   * Whether saving the row would leave the stored postback as it is, apart from the values of
   * secrets. A content type, secrets and a signing secret that the row does not give are the stored
   * ones.
   */
  static boolean isEqual(ObjectNode row, JsonNode stored) {
    ObjectNode complete = row.deepCopy();
    if (isAbsent(row.path("content_type"))) {
      complete.set("content_type", stored.path("content_type"));
    }
    if (keepsSecrets(row.path("secrets"), names(stored.path("secrets")))) {
      complete.set("secrets", stored.path("secrets"));
    }
    if (isAbsent(row.path("signed")) && isAbsent(row.path("signing_secret"))) {
      complete.set("signed", stored.path("signed"));
    }
    return normal(complete).equals(normal(stored));
  }

  /** Secrets that are not named are kept, and null removes one. */
  private static boolean keepsSecrets(JsonNode secrets, Set<String> stored) {
    boolean removes =
        secrets.properties().stream()
            .anyMatch(each -> each.getValue().isNull() && stored.contains(each.getKey()));
    return !removes && stored.containsAll(names(secrets));
  }

  static boolean isAbsent(JsonNode value) {
    return value.isMissingNode() || value.isNull();
  }

  /** Each member by its name, as text in one spelling. */
  private static Map<String, String> normal(JsonNode postback) {
    Map<String, String> form = new TreeMap<>();
    TEXTS.forEach(
        (name, usual) ->
            form.put(name, isAbsent(postback.path(name)) ? usual : postback.path(name).asText()));
    AS_GIVEN.forEach(
        name ->
            form.put(
                name, isAbsent(postback.path(name)) ? "null" : ApiJson.write(postback.path(name))));
    form.put("offer_id", postback.path("offer_id").asText("null"));
    form.put(
        "content_type",
        postback.path("content_type").asText("null").replace(" ", "").toLowerCase(Locale.ROOT));
    form.put("also_global", Boolean.toString(postback.path("also_global").asBoolean()));
    JsonNode rate = postback.path("max_per_second");
    form.put(
        "max_per_second",
        isAbsent(rate) ? "null" : rate.decimalValue().stripTrailingZeros().toPlainString());
    form.put("headers", headers(postback.path("headers")));
    Set<String> statuses =
        texts(postback.path("statuses"), each -> STATUS_CODES.getOrDefault(each, each));
    form.put("statuses", statuses.isEmpty() ? "[approved]" : statuses.toString());
    form.put(
        "goals", texts(postback.path("goals"), each -> each.toLowerCase(Locale.ROOT)).toString());
    form.put("secrets", names(postback.path("secrets")).toString());
    form.put("signed", Boolean.toString(isSigned(postback)));
    return form;
  }

  /** An answer says whether it is signed, and a request says with what. */
  private static boolean isSigned(JsonNode postback) {
    return postback.path("signed").asBoolean()
        || !isAbsent(postback.path("signing_secret"))
        || postback.path("signature").asText().equals("ed25519");
  }

  private static String headers(JsonNode headers) {
    Map<String, String> sorted = new TreeMap<>();
    headers.properties().forEach(each -> sorted.put(each.getKey(), each.getValue().asText()));
    return sorted.toString();
  }

  private static Set<String> texts(JsonNode array, UnaryOperator<String> spelling) {
    Set<String> texts = new TreeSet<>();
    array.forEach(each -> texts.add(spelling.apply(each.asText())));
    return texts;
  }

  /** The names of secrets, which are an array in answers and an object in requests. */
  static Set<String> names(JsonNode secrets) {
    Stream<String> names =
        secrets.isObject()
            ? secrets.properties().stream()
                .filter(each -> !each.getValue().isNull())
                .map(Map.Entry::getKey)
            : StreamSupport.stream(secrets.spliterator(), false).map(JsonNode::asText);
    return new TreeSet<>(names.toList());
  }
}
