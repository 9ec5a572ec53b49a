package com.natifico.postback.aws.dynamodb;

import com.natifico.postback.conversion.ConversionStatus;
import com.natifico.postback.postback.HttpMethod;
import com.natifico.postback.postback.PausedReason;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.PostbackState;
import com.natifico.postback.postback.SigningSecret;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A postback as an item, and how the items of its table are called. */
final class PostbackItem {
  static final String AFFILIATE_ID = "affiliate_id";
  static final String SK = "sk";
  static final String SCOPE = "scope";
  static final String POSTBACK_ID = "postback_id";
  static final String OFFER_ID = "offer_id";
  static final String VERSION = "version";

  /** Written by {@link DynamoDbPostbackHealth} alone, so a put of the postback removes it. */
  static final String FAILING_SINCE = "failing_since";

  /** What the sort keys of postbacks begin with; those of the scopes' registers do not. */
  static final String PREFIX = "p#";

  private PostbackItem() {}

  static Map<String, AttributeValue> key(String affiliateId, String postbackId) {
    return Map.of(AFFILIATE_ID, Item.of(affiliateId), SK, Item.of(PREFIX + postbackId));
  }

  /**
   * The key of the register of a scope: which postbacks it has.
   *
   * @param offerId null for the global scope
   */
  static Map<String, AttributeValue> registerKey(String affiliateId, @Nullable String offerId) {
    return Map.of(AFFILIATE_ID, Item.of(affiliateId), SK, Item.of("n#" + scope(offerId)));
  }

  /** The key of the counter of a postback's failed attempts. */
  static Map<String, AttributeValue> healthKey(String affiliateId, String postbackId) {
    return Map.of(AFFILIATE_ID, Item.of(affiliateId), SK, Item.of("h#" + postbackId));
  }

  /** The partition of the index by scope. */
  static String scope(String affiliateId, @Nullable String offerId) {
    return affiliateId + '#' + scope(offerId);
  }

  private static String scope(@Nullable String offerId) {
    return offerId == null ? "global" : "offer#" + offerId;
  }

  static Item of(Postback postback) {
    PausedReason pausedReason = postback.pausedReason();
    return new Item(new HashMap<>(key(postback.affiliateId(), postback.postbackId())))
        .text(SCOPE, scope(postback.affiliateId(), postback.offerId()))
        .text(POSTBACK_ID, postback.postbackId())
        .text(OFFER_ID, postback.offerId())
        .text("url", postback.url())
        .text("method", postback.method().name())
        .text("body", postback.body())
        .text("content_type", postback.contentType())
        .texts("statuses", postback.statuses().stream().map(ConversionStatus::word).toList())
        .texts("goals", postback.goals())
        .flag("also_global", postback.alsoGlobal())
        .text("label", postback.label())
        .text("state", postback.state().word())
        .text("paused_reason", pausedReason == null ? null : pausedReason.word())
        .text("created_at", postback.createdAt().toString())
        .text("updated_at", postback.updatedAt().toString())
        .number(VERSION, postback.version())
        .list("secrets", postback.signingSecrets().stream().map(PostbackItem::secret).toList());
  }

  static Postback read(Map<String, AttributeValue> attributes) {
    Item item = new Item(attributes);
    String pausedReason = item.textOrNull("paused_reason");
    return new Postback(
        item.text(POSTBACK_ID),
        item.text(AFFILIATE_ID),
        item.textOrNull(OFFER_ID),
        item.text("url"),
        HttpMethod.valueOf(item.text("method")),
        item.textOrNull("body"),
        item.textOrNull("content_type"),
        statuses(item),
        item.texts("goals"),
        item.flag("also_global"),
        item.textOrNull("label"),
        "paused".equals(item.text("state")) ? PostbackState.PAUSED : PostbackState.ACTIVE,
        pausedReason == null ? null : PausedReason.ofWord(pausedReason),
        Instant.parse(item.text("created_at")),
        Instant.parse(item.text("updated_at")),
        item.number(VERSION),
        secrets(item),
        item.instantOrNull(FAILING_SINCE));
  }

  private static List<SigningSecret> secrets(Item item) {
    List<SigningSecret> secrets = new ArrayList<>();
    for (AttributeValue secret : item.list("secrets")) {
      secrets.add(secret(secret.m()));
    }
    return secrets;
  }

  private static Set<ConversionStatus> statuses(Item item) {
    Set<ConversionStatus> statuses = new LinkedHashSet<>();
    for (String word : item.texts("statuses")) {
      ConversionStatus status = ConversionStatus.of(word);
      if (status == null) {
        throw new IllegalStateException("a postback with the unknown status " + word);
      }
      statuses.add(status);
    }
    return statuses;
  }

  private static AttributeValue secret(SigningSecret secret) {
    return AttributeValue.fromM(
        new Item().text("value", secret.value()).instant("until", secret.until()).attributes());
  }

  private static SigningSecret secret(Map<String, AttributeValue> attributes) {
    Item item = new Item(attributes);
    return new SigningSecret(item.text("value"), item.instantOrNull("until"));
  }
}
