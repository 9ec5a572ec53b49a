package com.natifico.postback.aws.dynamodb;

import com.natifico.postback.conversion.ConversionStatus;
import com.natifico.postback.macro.Vocabulary;
import com.natifico.postback.postback.Circuit;
import com.natifico.postback.postback.EventFilter;
import com.natifico.postback.postback.EventKind;
import com.natifico.postback.postback.HttpMethod;
import com.natifico.postback.postback.Judging;
import com.natifico.postback.postback.MaxRate;
import com.natifico.postback.postback.PausedReason;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.PostbackKey;
import com.natifico.postback.postback.PostbackSecrets;
import com.natifico.postback.postback.PostbackSettings;
import com.natifico.postback.postback.PostbackStatus;
import com.natifico.postback.postback.RequestBody;
import com.natifico.postback.postback.RequestTemplate;
import com.natifico.postback.postback.Revision;
import com.natifico.postback.postback.Scope;
import com.natifico.postback.postback.SecretShape;
import com.natifico.postback.postback.SendingSettings;
import com.natifico.postback.postback.SigningSecret;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A postback as an item, and the keys of its table. */
public final class PostbackItem {
  public static final String AFFILIATE_ID = "affiliate_id";
  public static final String SK = "sk";
  static final String SCOPE = "scope";
  static final String POSTBACK_ID = "postback_id";
  static final String OFFER_ID = "offer_id";
  static final String VERSION = "version";

  /** The events of a notification; other postbacks have no such attribute. */
  static final String NOTIFIES_OF = "notifies_of";

  /**
   * Only {@link DynamoDbPostbackHealth} writes these attributes, so a put of the postback removes
   * them.
   */
  static final String FAILING_SINCE = "failing_since";

  static final String CIRCUIT = "circuit";
  static final String PAUSED_REASON = "paused_reason";

  /**
   * The partition of the index of postbacks in trouble; only paused postbacks and those with a
   * failed attempt have it.
   */
  static final String TROUBLE = "trouble";

  /**
   * The number of partitions of that index. While all endpoints fail, many postbacks are marked in
   * a short time, and an index that cannot keep up throttles the table.
   */
  static final int PARTS = 8;

  /** The signing secrets with their values, as releases before 1.1 stored them. */
  private static final String INLINE = "secrets";

  /**
   * The signing secrets without their values, which are in the table of secrets. A release that
   * does not know the network's key takes it for a secret that is missing, and sends nothing
   * unsigned.
   */
  private static final String SIGNING = "signing";

  /** The shapes of the secrets for placeholders, by name. */
  private static final String NAMED = "secret_shapes";

  /** The same, written by {@link DynamoDbPaceStore}. */
  static final String PACED_UNTIL = "paced_until";

  /** The prefix of the sort keys of postbacks; the scopes' registers have another one. */
  public static final String PREFIX = "p#";

  /** The prefix of the sort keys of the counters of failed attempts. */
  static final String HEALTH_PREFIX = "h#";

  private PostbackItem() {}

  static Map<String, AttributeValue> key(String affiliateId, String postbackId) {
    return Map.of(AFFILIATE_ID, Item.of(affiliateId), SK, Item.of(PREFIX + postbackId));
  }

  /** The key of the register of a scope, which lists its postbacks. */
  static Map<String, AttributeValue> registerKey(String affiliateId, Scope scope) {
    return Map.of(AFFILIATE_ID, Item.of(affiliateId), SK, Item.of("n#" + name(scope)));
  }

  /** The key of the number of the affiliate's postbacks. */
  static Map<String, AttributeValue> countKey(String affiliateId) {
    return Map.of(AFFILIATE_ID, Item.of(affiliateId), SK, Item.of("c#"));
  }

  /** The key of the counter of a postback's failed attempts. */
  static Map<String, AttributeValue> healthKey(String affiliateId, String postbackId) {
    return Map.of(AFFILIATE_ID, Item.of(affiliateId), SK, Item.of(HEALTH_PREFIX + postbackId));
  }

  /** The key of the pace of a postback's endpoint. */
  static Map<String, AttributeValue> paceKey(PostbackKey key) {
    return Map.of(AFFILIATE_ID, Item.of(key.affiliateId()), SK, Item.of("r#" + key.postbackId()));
  }

  /** The partition key of one part of the index of postbacks in trouble. */
  static String part(int part) {
    return "t" + part;
  }

  /** The partition of this postback in the index of postbacks in trouble. */
  static String part(PostbackKey key) {
    return part(Math.floorMod(key.postbackId().hashCode(), PARTS));
  }

  static PostbackKey keyOf(Item item) {
    return new PostbackKey(item.text(AFFILIATE_ID), item.text(POSTBACK_ID));
  }

  /** The postback whose counter of failed attempts this is. */
  static PostbackKey ofHealth(Map<String, AttributeValue> attributes) {
    Item item = new Item(attributes);
    return new PostbackKey(
        item.text(AFFILIATE_ID), item.text(SK).substring(HEALTH_PREFIX.length()));
  }

  static Instant updatedAt(Item item) {
    return Instant.parse(item.text("updated_at"));
  }

  /** The partition key of the index by scope. */
  static String scope(String affiliateId, Scope scope) {
    return affiliateId + '#' + name(scope);
  }

  private static String name(Scope scope) {
    return switch (scope) {
      case Scope.Global() -> "global";
      case Scope.Offer(String offerId) -> "offer#" + offerId;
      case Scope.Notifications _ -> "notifications";
    };
  }

  static Item of(Postback postback) {
    PostbackSettings settings = postback.settings();
    RequestTemplate request = settings.request();
    RequestBody body = request.body();
    EventFilter filter = settings.filter();
    Revision revision = postback.revision();
    return new Item(new HashMap<>(key(postback.affiliateId(), postback.postbackId())))
        .text(SCOPE, scope(postback.affiliateId(), settings.scope()))
        .text(POSTBACK_ID, postback.postbackId())
        .text(OFFER_ID, settings.scope().offerIdOrNull())
        .texts(NOTIFIES_OF, events(settings.scope()))
        .text("url", request.url())
        .text("method", request.method().name())
        .text("body", body == null ? null : body.text())
        .text("content_type", body == null ? null : body.contentType())
        .map("headers", HeadersItem.of(request.headers()))
        .texts("statuses", filter.statuses().stream().map(ConversionStatus::word).toList())
        .texts("goals", filter.goals())
        .flag("corrections", filter.corrections())
        .flag("stale", !settings.sending().dropsStale())
        .decimal(
            "max_per_second", postback.maxRate() == null ? null : postback.maxRate().perSecond())
        .flag("also_global", settings.alsoGlobal())
        .text("label", settings.label())
        .text("state", postback.status().word())
        .text(
            PAUSED_REASON,
            postback.status() instanceof PostbackStatus.Paused(PausedReason reason)
                ? reason.word()
                : null)
        .text(
            TROUBLE,
            postback.isPaused() && !postback.isNotification() ? part(postback.key()) : null)
        .text("created_at", revision.createdAt().toString())
        .text("updated_at", revision.updatedAt().toString())
        .number(VERSION, revision.version())
        .list(INLINE, inline(settings.signingSecrets()))
        .list(SIGNING, signing(settings.signingSecrets()))
        .map(NAMED, named(settings.secrets().named()))
        .text("tracker", settings.judging().tracker())
        .value("answer_rules", AnswerRuleItem.of(settings.judging().rules()));
  }

  static Postback read(Map<String, AttributeValue> attributes) {
    Item item = new Item(attributes);
    String body = item.textOrNull("body");
    RequestTemplate request =
        new RequestTemplate(
            HttpMethod.of(item.text("method")),
            item.text("url"),
            body == null ? null : new RequestBody(body, item.text("content_type")),
            HeadersItem.read(item.valueOrNull("headers")),
            item.valueOrNull(NOTIFIES_OF) == null
                ? Vocabulary.CONVERSION
                : Vocabulary.NOTIFICATION);
    return new Postback(
        keyOf(item),
        new PostbackSettings(
            scope(item),
            request,
            new EventFilter(statuses(item), item.texts("goals"), item.flag("corrections")),
            item.flag("also_global"),
            item.textOrNull("label"),
            new SendingSettings(
                new PostbackSecrets(named(item), signing(item)),
                !item.flag("stale"),
                MaxRate.of(item.decimalOrNull("max_per_second"))),
            new Judging(
                item.textOrNull("tracker"), AnswerRuleItem.read(item.valueOrNull("answer_rules")))),
        status(item),
        new Revision(
            item.number(VERSION), Instant.parse(item.text("created_at")), updatedAt(item)));
  }

  private static List<String> events(Scope scope) {
    return scope instanceof Scope.Notifications notifications
        ? notifications.sorted().stream().map(EventKind::word).toList()
        : List.of();
  }

  private static Scope scope(Item item) {
    return item.valueOrNull(NOTIFIES_OF) == null
        ? Scope.of(item.textOrNull(OFFER_ID))
        : new Scope.Notifications(
            item.texts(NOTIFIES_OF).stream().map(EventKind::of).collect(Collectors.toSet()));
  }

  private static PostbackStatus status(Item item) {
    String state = item.text("state");
    return switch (state) {
      case "active" ->
          new PostbackStatus.Active(
              item.instantOrNull(FAILING_SINCE), circuit(item), item.instantOrNull(PACED_UNTIL));
      case "paused" -> new PostbackStatus.Paused(PausedReason.of(item.text(PAUSED_REASON)));
      default -> throw new IllegalStateException("a postback with the unknown state " + state);
    };
  }

  /** The state of the endpoint's circuit; an item without one has a closed circuit. */
  static Circuit circuit(Item item) {
    AttributeValue stored = item.valueOrNull(CIRCUIT);
    if (stored == null) {
      return Circuit.CLOSED;
    }
    Item circuit = new Item(stored.m());
    Instant since = circuit.instant("since");
    return circuit.flag("slow")
        ? new Circuit.Slow(since)
        : new Circuit.Open(since, circuit.instant("until"));
  }

  /**
   * Null for a closed circuit. A sender of an earlier version takes a slow endpoint for a half-open
   * circuit, and makes an attempt.
   */
  static @Nullable AttributeValue of(Circuit circuit) {
    return switch (circuit) {
      case Circuit.Closed _ -> null;
      case Circuit.Slow(Instant since) ->
          AttributeValue.fromM(
              new Item()
                  .instant("since", since)
                  .instant("until", since)
                  .flag("slow", true)
                  .attributes());
      case Circuit.Open(Instant since, Instant until) ->
          AttributeValue.fromM(
              new Item().instant("since", since).instant("until", until).attributes());
    };
  }

  private static List<SigningSecret> signing(Item item) {
    List<SigningSecret> secrets = new ArrayList<>();
    for (AttributeValue stored : item.list(SIGNING)) {
      Item secret = new Item(stored.m());
      String id = secret.text("id");
      Instant until = secret.instantOrNull("until");
      secrets.add(
          id.equals(SigningSecret.Network.ID)
              ? new SigningSecret.Network(until)
              : new SigningSecret.Stored(id, until));
    }
    for (AttributeValue stored : item.list(INLINE)) {
      Item secret = new Item(stored.m());
      secrets.add(new SigningSecret.Inline(secret.text("value"), secret.instantOrNull("until")));
    }
    return secrets;
  }

  private static List<AttributeValue> signing(List<SigningSecret> secrets) {
    List<AttributeValue> values = new ArrayList<>();
    for (SigningSecret secret : secrets) {
      if (!(secret instanceof SigningSecret.Inline)) {
        Item item = new Item().text("id", secret.id()).instant("until", secret.until());
        values.add(AttributeValue.fromM(item.attributes()));
      }
    }
    return values;
  }

  private static List<AttributeValue> inline(List<SigningSecret> secrets) {
    List<AttributeValue> values = new ArrayList<>();
    for (SigningSecret secret : secrets) {
      if (secret instanceof SigningSecret.Inline inline) {
        Item item = new Item().text("value", inline.value()).instant("until", inline.until());
        values.add(AttributeValue.fromM(item.attributes()));
      }
    }
    return values;
  }

  private static Map<String, AttributeValue> named(Map<String, SecretShape> shapes) {
    Map<String, AttributeValue> values = new HashMap<>();
    shapes.forEach(
        (name, shape) ->
            values.put(
                name,
                AttributeValue.fromM(
                    new Item()
                        .number("length", shape.length())
                        .flag("header", shape.fitsHeader())
                        .attributes())));
    return values;
  }

  private static Map<String, SecretShape> named(Item item) {
    Map<String, SecretShape> shapes = new HashMap<>();
    item.map(NAMED)
        .forEach(
            (name, stored) -> {
              Item shape = new Item(stored.m());
              shapes.put(name, new SecretShape((int) shape.number("length"), shape.flag("header")));
            });
    return shapes;
  }

  private static Set<ConversionStatus> statuses(Item item) {
    Set<ConversionStatus> statuses = new LinkedHashSet<>();
    for (String word : item.texts("statuses")) {
      statuses.add(ConversionStatus.of(word));
    }
    return statuses;
  }
}
