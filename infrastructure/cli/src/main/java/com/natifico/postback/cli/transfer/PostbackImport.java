package com.natifico.postback.cli.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.natifico.postback.cli.api.AffiliateApi;
import com.natifico.postback.cli.api.AffiliateApi.KeyOwner;
import com.natifico.postback.cli.api.ApiConnection;
import com.natifico.postback.cli.api.ApiJson;
import com.natifico.postback.cli.api.ApiRefusal;
import com.natifico.postback.cli.api.UsageProblem;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Imports postbacks row by row. A row whose {@code postback_id} the affiliate has changes that
 * postback. Any other row is created, unless the affiliate has a postback of equal form. So the
 * import of a file can be repeated, and an export changes nothing where it comes from.
 */
public final class PostbackImport {
  private static final String PREVIEW = "/postbacks/preview";

  private final ApiConnection connection;
  private final KeyOwner owner;
  private final @Nullable String usualAffiliate;
  private final boolean isDryRun;
  private final Map<String, Affiliate> affiliates = new HashMap<>();

  /**
   * @param usualAffiliate the affiliate of rows that name none; null if those are refused with an
   *     account manager's key
   * @param isDryRun whether the rows are only checked, as the API checks them on saving
   */
  public PostbackImport(
      ApiConnection connection, KeyOwner owner, @Nullable String usualAffiliate, boolean isDryRun) {
    this.connection = connection;
    this.owner = owner;
    this.usualAffiliate = usualAffiliate;
    this.isDryRun = isDryRun;
  }

  /** What becomes of a row. */
  public enum Action {
    CREATE,
    CHANGE,
    UNCHANGED,
    REFUSED;

    /** As printed, and in the import's result. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * The result of a row.
   *
   * @param message why it was refused; otherwise empty
   */
  public record Result(
      int row, Action action, String affiliateId, String postbackId, String url, String message) {
    /** With these components as members. */
    public ObjectNode json() {
      return ApiJson.object()
          .put("row", row)
          .put("action", action.word())
          .put("affiliate_id", affiliateId)
          .put("postback_id", postbackId)
          .put("url", url)
          .put("message", message);
    }
  }

  /** An affiliate's postbacks, as stored and as imported so far. */
  private record Affiliate(AffiliateApi api, Map<String, JsonNode> postbacks) {}

  /**
   * Carries out a row, or checks it.
   *
   * @throws ApiRefusal if the key is not accepted
   */
  public Result take(PostbackRow row) throws InterruptedException {
    try {
      Affiliate affiliate = affiliate(row);
      String id = row.postbackId();
      JsonNode named = id == null ? null : affiliate.postbacks().get(id);
      if (named != null) {
        return PostbackForm.isEqual(row.content(), named)
            ? result(row, Action.UNCHANGED, affiliate, named)
            : change(row, affiliate, named);
      }
      for (JsonNode stored : affiliate.postbacks().values()) {
        if (PostbackForm.isEqual(row.content(), stored)) {
          return result(row, Action.UNCHANGED, affiliate, stored);
        }
      }
      return create(row, affiliate);
    } catch (ApiRefusal refusal) {
      if (!refusal.isProblem()) {
        throw refusal;
      }
      return refused(row, refusal.getMessage());
    } catch (UsageProblem problem) {
      return refused(row, problem.getMessage());
    }
  }

  private Affiliate affiliate(PostbackRow row) throws InterruptedException {
    String id = row.affiliateId();
    AffiliateApi api = owner.affiliate(connection, id == null ? usualAffiliate : id);
    Affiliate known = affiliates.get(api.affiliate());
    if (known == null) {
      known = new Affiliate(api, api.postbacks(Map.of()));
      affiliates.put(api.affiliate(), known);
    }
    return known;
  }

  private Result create(PostbackRow row, Affiliate affiliate) throws InterruptedException {
    ObjectNode content = row.content();
    if (content.path("secrets").isArray() && !content.path("secrets").isEmpty()) {
      throw new UsageProblem(
          "secrets has only names, as exports have. Give the values, as in {\"token\": \"...\"}.");
    }
    if (content.path("signed").asBoolean()
        && PostbackForm.isAbsent(content.path("signing_secret"))
        && !content.path("signature").asText().equals("ed25519")) {
      throw new UsageProblem(
          "It was signed with a secret, which an export does not have. Give signing_secret, or"
              + " false in signed.");
    }
    ObjectNode request = PostbackForm.request(content);
    if (isDryRun) {
      affiliate.api().post(PREVIEW, request);
      affiliate.postbacks().put("row " + row.number(), content);
      return result(row, Action.CREATE, affiliate, ApiJson.object());
    }
    JsonNode created = affiliate.api().post("/postbacks", request);
    affiliate.postbacks().put(created.path("postback_id").asText(), created);
    return result(row, Action.CREATE, affiliate, created);
  }

  private Result change(PostbackRow row, Affiliate affiliate, JsonNode stored)
      throws InterruptedException {
    ObjectNode request = PostbackForm.request(row.content());
    String id = stored.path("postback_id").asText();
    if (isDryRun) {
      affiliate.api().post(PREVIEW, request);
      return result(row, Action.CHANGE, affiliate, stored);
    }
    JsonNode changed =
        affiliate
            .api()
            .put(
                "/postbacks/" + ApiConnection.segment(id),
                request,
                stored.path("version").asText());
    affiliate.postbacks().put(id, changed);
    return result(row, Action.CHANGE, affiliate, changed);
  }

  private static Result result(
      PostbackRow row, Action action, Affiliate affiliate, JsonNode postback) {
    return new Result(
        row.number(),
        action,
        affiliate.api().affiliate(),
        postback.path("postback_id").asText(),
        row.content().path("url").asText(),
        "");
  }

  private static Result refused(PostbackRow row, @Nullable String message) {
    String affiliate = row.affiliateId();
    return new Result(
        row.number(),
        Action.REFUSED,
        affiliate == null ? "" : affiliate,
        row.content().path("postback_id").asText(""),
        row.content().path("url").asText(),
        message == null ? "" : message.lines().map(String::strip).collect(Collectors.joining(" ")));
  }
}
