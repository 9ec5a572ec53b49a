package com.natifico.postback.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.natifico.postback.conversion.ConversionStatus;
import com.natifico.postback.macro.Vocabulary;
import com.natifico.postback.postback.EventFilter;
import com.natifico.postback.postback.EventKind;
import com.natifico.postback.postback.HttpMethod;
import com.natifico.postback.postback.Judging;
import com.natifico.postback.postback.MaxRate;
import com.natifico.postback.postback.NeededSecrets;
import com.natifico.postback.postback.PausedReason;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.PostbackKey;
import com.natifico.postback.postback.PostbackSecrets;
import com.natifico.postback.postback.PostbackSettings;
import com.natifico.postback.postback.PostbackStatus;
import com.natifico.postback.postback.PostbackStore;
import com.natifico.postback.postback.PostbackStore.ScopeFilter;
import com.natifico.postback.postback.PostbackStore.Written;
import com.natifico.postback.postback.RequestBody;
import com.natifico.postback.postback.RequestHeaders;
import com.natifico.postback.postback.RequestTemplate;
import com.natifico.postback.postback.Revision;
import com.natifico.postback.postback.Scope;
import com.natifico.postback.postback.SecretReader;
import com.natifico.postback.postback.SecretShape;
import com.natifico.postback.postback.SecretWrites;
import com.natifico.postback.postback.Secrets;
import com.natifico.postback.postback.SendingSettings;
import com.natifico.postback.postback.SigningSecret;
import com.natifico.postback.rule.AnswerRule;
import com.natifico.postback.rule.AnswerRules;
import com.natifico.postback.rule.Condition;
import com.natifico.postback.rule.Meaning;
import com.natifico.postback.rule.Ruling;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The contract of every {@link PostbackStore}. */
public abstract class PostbackStoreContract {
  private final String affiliate = "a-" + UUID.randomUUID();
  private final PostbackStore store = store();

  /** It may hold other affiliates' postbacks. */
  protected abstract PostbackStore store();

  /** Reads the secrets of that store. */
  protected abstract SecretReader secrets(PostbackStore store);

  @Test
  void findsWhatWasCreated() {
    Postback postback = postback("p1", null);
    assertEquals(Written.DONE, store.create(postback));
    assertEquals(postback, store.find(affiliate, "p1"));
  }

  private Postback notification(String id, EventKind... events) {
    return new Postback(
        new PostbackKey(affiliate, id),
        new PostbackSettings(
            new Scope.Notifications(Set.of(events)),
            RequestTemplate.get("https://relay.example/?e={event}")
                .withVocabulary(Vocabulary.NOTIFICATION),
            EventFilter.ANY,
            false,
            "relay",
            new SendingSettings(PostbackSecrets.NONE, false, null),
            Judging.BY_STATUS),
        PostbackStatus.healthy(),
        Revision.first(Samples.NOW));
  }

  @Test
  void keepsNotificationsApart() {
    Postback notification = notification("nt_1", EventKind.PAUSED, EventKind.HELD);
    store.create(notification);
    store.create(postback("p1", null));
    store.create(postback("p2", "1042"));

    assertEquals(notification, store.find(affiliate, "nt_1"));
    assertEquals(
        List.of(notification),
        store.list(affiliate, new ScopeFilter.One(Scope.Notifications.ALL), null, 50).items());
    for (ScopeFilter scopes :
        List.of(
            new ScopeFilter.All(),
            new ScopeFilter.AnyOffer(),
            new ScopeFilter.One(new Scope.Global()))) {
      assertEquals(
          List.of(),
          store.list(affiliate, scopes, null, 50).items().stream()
              .filter(Postback::isNotification)
              .toList());
    }
    assertEquals(
        List.of(),
        store.forOffer(affiliate, "1042").stream().filter(Postback::isNotification).toList());
  }

  @Test
  void changesTheEventsOfANotification() {
    Postback first = notification("nt_1", EventKind.PAUSED);
    store.create(first);
    Postback second =
        first.next(
            notification("nt_1", EventKind.FAILING, EventKind.RECOVERED).settings(),
            first.status(),
            Samples.NOW.plusSeconds(1));

    assertEquals(Written.DONE, store.replace(second, 1));
    assertEquals(second, store.find(affiliate, "nt_1"));
    assertEquals(Written.DONE, store.delete(affiliate, "nt_1", null));
    assertEquals(
        List.of(),
        store.list(affiliate, new ScopeFilter.One(Scope.Notifications.ALL), null, 50).items());
  }

  @Test
  void limitsNotifications() {
    for (int i = 0; i < PostbackStore.LIMIT_PER_SCOPE; i++) {
      assertEquals(Written.DONE, store.create(notification("nt_" + i, EventKind.PAUSED)));
    }

    assertEquals(Written.LIMIT_REACHED, store.create(notification("nt_x", EventKind.HELD)));
  }

  @Test
  void keepsEveryField() {
    Postback postback =
        new Postback(
            new PostbackKey(affiliate, "p1"),
            new PostbackSettings(
                new Scope.Offer("1042"),
                new RequestTemplate(
                    HttpMethod.POST,
                    "https://track.example.com/p?cid={ref_id}&ü={sum|default:0}",
                    new RequestBody("{\"id\": \"{ref_id}\"}", "application/json"),
                    new RequestHeaders(Map.of("Authorization", "Bearer a b", "X-Id", "1"))),
                new EventFilter(
                    Set.of(ConversionStatus.APPROVED, ConversionStatus.HOLD),
                    List.of("install", "2", "Ä"),
                    true),
                true,
                "Mein Tracker",
                new SendingSettings(
                    new PostbackSecrets(
                        Map.of(
                            "token", new SecretShape(12, true), "key", new SecretShape(5, false)),
                        List.of(
                            new SigningSecret.Stored("0a1b", null),
                            new SigningSecret.Network(Instant.parse("2026-11-05T00:00:00Z")),
                            new SigningSecret.Inline(
                                "whsec_b2xk", Instant.parse("2026-11-04T00:00:00.5Z")))),
                    false,
                    new MaxRate(new BigDecimal("7.125"))),
                new Judging(
                    "tune",
                    new AnswerRules(
                        List.of(
                            new AnswerRule(
                                Condition.containing("success=false").withStatus("200"),
                                Ruling.REJECTED,
                                Meaning.UNKNOWN_CLICK),
                            new AnswerRule(
                                Condition.equal("/code", "").withStatus("4xx"), Ruling.RETRY, null),
                            new AnswerRule(Condition.ANY, Ruling.DELIVERED, null))))),
            new PostbackStatus.Paused(PausedReason.FAILING),
            new Revision(
                7,
                Instant.parse("2026-11-02T14:03:09.250123456Z"),
                Instant.parse("2026-11-03T00:00:00Z")));
    store.create(postback);
    assertEquals(postback, store.find(affiliate, "p1"));
    assertEquals(List.of(postback), store.forOffer(affiliate, "1042"));
  }

  @Test
  void keepsThatTheNetworksKeySigns() {
    Postback usual = postback("p1", null);
    Postback signed =
        new Postback(
            usual.key(),
            usual.settings().withSigningSecrets(List.of(new SigningSecret.Network())),
            usual.status(),
            usual.revision());
    store.create(signed);
    assertEquals(signed, store.find(affiliate, "p1"));
    assertEquals(Written.DONE, store.delete(affiliate, "p1", null));
  }

  @Test
  void distinguishesNoRulesFromThoseOfTheTracker() {
    Postback usual = postback("p1", null);
    Postback byStatus = withJudging(usual, new Judging("tune", AnswerRules.NONE));
    store.create(byStatus);
    assertEquals(byStatus, store.find(affiliate, "p1"));
  }

  private static Postback withJudging(Postback postback, Judging judging) {
    return new Postback(
        postback.key(),
        postback.settings().withJudging(judging),
        postback.status(),
        postback.revision());
  }

  @Test
  void doesNotOverwriteOnCreate() {
    store.create(postback("p1", null));
    assertEquals(Written.STALE, store.create(postback("p1", "1042")));
    assertEquals(postback("p1", null), store.find(affiliate, "p1"));
  }

  private static final NeededSecrets ALL = new NeededSecrets(Set.of(), Set.of());

  private static SecretWrites put(String name, String value) {
    return new SecretWrites(
        new Secrets(Map.of(name, value), Map.of("id-" + name, "whsec_" + value)),
        Set.of(),
        Set.of());
  }

  private Postback withSecrets(Postback postback, String... names) {
    Map<String, SecretShape> shapes = new HashMap<>();
    for (String name : names) {
      shapes.put(name, new SecretShape(1, true));
    }
    return new Postback(
        postback.key(),
        postback.settings().withSecrets(new PostbackSecrets(shapes, List.of())),
        postback.status(),
        postback.revision());
  }

  private Secrets secretsOf(String postbackId) {
    return secrets(store).find(new PostbackKey(affiliate, postbackId), ALL);
  }

  @Test
  void storesSecretsApartFromThePostback() {
    Postback postback = withSecrets(postback("p1", null), "token");
    assertEquals(Written.DONE, store.create(postback, put("token", "tök en\u2603")));
    assertEquals(postback, store.find(affiliate, "p1"));
    assertEquals(
        new Secrets(Map.of("token", "tök en\u2603"), Map.of("id-token", "whsec_tök en\u2603")),
        secretsOf("p1"));
    assertEquals(Secrets.NONE, secretsOf("p2"));
  }

  @Test
  void keepsTheSecretsThatAReplaceDoesNotName() {
    store.create(withSecrets(postback("p1", null), "a", "b"), put("a", "1"));
    store.replace(withSecrets(version(2, "p1", null), "a", "b"), 1, put("b", "2"));
    store.replace(withSecrets(version(3, "p1", null), "a", "b"), 2);
    assertEquals(
        new Secrets(Map.of("a", "1", "b", "2"), Map.of("id-a", "whsec_1", "id-b", "whsec_2")),
        secretsOf("p1"));
  }

  @Test
  void removesSecrets() {
    store.create(withSecrets(postback("p1", null), "a"), put("a", "1"));
    SecretWrites removal = new SecretWrites(Secrets.NONE, Set.of("a"), Set.of("id-a"));
    store.replace(version(2, "p1", null), 1, removal);
    assertEquals(Secrets.NONE, secretsOf("p1"));
    store.replace(version(3, "p1", null), 2, removal);
    assertEquals(Secrets.NONE, secretsOf("p1"));
  }

  @Test
  void storesNoSecretsWithoutThePostback() {
    store.create(withSecrets(postback("p1", null), "a"), put("a", "1"));
    assertEquals(Written.STALE, store.create(postback("p1", null), put("a", "2")));
    assertEquals(Written.STALE, store.replace(version(2, "p1", null), 7, put("a", "3")));
    assertEquals(Written.NOT_FOUND, store.replace(version(2, "p2", null), 1, put("a", "4")));
    assertEquals(Map.of("a", "1"), secretsOf("p1").named());
    assertEquals(Secrets.NONE, secretsOf("p2"));
  }

  @Test
  void keepsSecretsWhenAPostbackMovesBetweenScopes() {
    store.create(withSecrets(postback("p1", null), "a"), put("a", "1"));
    assertEquals(
        Written.DONE, store.replace(withSecrets(version(2, "p1", "1042"), "a"), 1, put("b", "2")));
    assertEquals(Map.of("a", "1", "b", "2"), secretsOf("p1").named());
  }

  @Test
  void deletesSecretsWithThePostback() {
    store.create(withSecrets(postback("p1", null), "a"), put("a", "1"));
    assertEquals(Written.DONE, store.delete(affiliate, "p1", null));
    assertEquals(Secrets.NONE, secretsOf("p1"));
  }

  @Test
  void hidesOtherAffiliatesPostbacks() {
    store.create(postback("p1", null));
    String other = affiliate + "b";
    assertNull(store.find(other, "p1"));
    assertEquals(List.of(), store.list(other, new ScopeFilter.All(), null, 50).items());
    assertEquals(List.of(), store.forOffer(other, "1042"));
    assertEquals(Written.NOT_FOUND, store.delete(other, "p1", null));
    assertEquals(Written.NOT_FOUND, store.replace(Samples.postback(other, "p1", null), 1));
  }

  @Test
  void rejectsTheTwentyFirstOfAScope() {
    fill(null);
    assertEquals(Written.LIMIT_REACHED, store.create(postback("p-more", null)));
    assertNull(store.find(affiliate, "p-more"));
  }

  @Test
  void countsEachScopeSeparately() {
    fill(null);
    assertEquals(Written.DONE, store.create(postback("p-offer", "1042")));
    assertEquals(Written.DONE, store.create(postback("p-other", "1043")));
    assertEquals(Written.DONE, store.create(Samples.postback(affiliate + "b", "p-more", null)));
  }

  @Test
  void keepsTheLimitUnderConcurrentWriters() throws Exception {
    List<Written> written =
        Race.run(
            IntStream.range(0, 32)
                .mapToObj(i -> Race.of(() -> store.create(postback("p" + (100 + i), "1042"))))
                .toList());
    assertEquals(20, Collections.frequency(written, Written.DONE));
    assertEquals(12, Collections.frequency(written, Written.LIMIT_REACHED));
    assertEquals(
        20,
        store
            .list(affiliate, new ScopeFilter.One(new Scope.Offer("1042")), null, 200)
            .items()
            .size());
  }

  @Test
  void freesAPlaceOnDelete() {
    fill("1042");
    assertEquals(Written.DONE, store.delete(affiliate, "p100", null));
    assertEquals(Written.DONE, store.create(postback("p-more", "1042")));
    assertEquals(Written.LIMIT_REACHED, store.create(postback("p-evenmore", "1042")));
  }

  @Test
  void replacesInAFullScope() {
    fill(null);
    Postback changed = postback("p100", null).paused(PausedReason.GONE, Samples.NOW);
    assertEquals(Written.DONE, store.replace(changed, 1));
    assertEquals(changed, store.find(affiliate, "p100"));
  }

  @Test
  void movesBetweenScopes() {
    fill(null);
    store.create(postback("p-moving", "1042"));
    assertEquals(Written.LIMIT_REACHED, store.replace(version(2, "p-moving", null), 1));
    assertEquals(Written.DONE, store.replace(version(2, "p100", "1042"), 1));
    assertEquals(Written.DONE, store.replace(version(2, "p-moving", null), 1));
    assertEquals(Written.LIMIT_REACHED, store.create(postback("p-more", null)));
    assertEquals(
        List.of("p100"),
        ids(store.list(affiliate, new ScopeFilter.One(new Scope.Offer("1042")), null, 50).items()));
    assertEquals(
        "p100", store.forOffer(affiliate, "1042").getFirst().postbackId(), "the offer's own first");
  }

  @Test
  void rejectsAStaleReplace() {
    store.create(postback("p1", null));
    store.replace(version(2, "p1", null), 1);
    assertEquals(Written.STALE, store.replace(version(2, "p1", null), 1));
    assertEquals(Written.STALE, store.replace(version(2, "p1", "1042"), 1));
    assertEquals(version(2, "p1", null), store.find(affiliate, "p1"));
  }

  @Test
  void letsOneOfManyWritersWin() throws Exception {
    store.create(postback("p1", null));
    List<Written> written =
        Race.run(
            IntStream.range(0, 8)
                .mapToObj(
                    i ->
                        Race.of(
                            () -> store.replace(version(2, "p1", i % 2 == 0 ? null : "1042"), 1)))
                .toList());
    assertEquals(1, Collections.frequency(written, Written.DONE));
    assertEquals(7, Collections.frequency(written, Written.STALE));
  }

  @Test
  void doesNotReplaceAMissingPostback() {
    assertEquals(Written.NOT_FOUND, store.replace(version(2, "p1", null), 1));
  }

  @Test
  void deletesOnlyTheExpectedVersion() {
    store.create(postback("p1", null));
    assertEquals(Written.STALE, store.delete(affiliate, "p1", 2L));
    assertEquals(Written.DONE, store.delete(affiliate, "p1", 1L));
    assertNull(store.find(affiliate, "p1"));
    assertEquals(Written.NOT_FOUND, store.delete(affiliate, "p1", 1L));
    assertEquals(List.of(), store.forOffer(affiliate, "1042"));
  }

  @Test
  void listsByScopeInTheOrderOfIds() {
    store.create(postback("p3", "1042"));
    store.create(postback("p1", "1043"));
    store.create(postback("p2", null));
    store.create(postback("p4", "1042"));
    assertEquals(List.of("p1", "p2", "p3", "p4"), listed(new ScopeFilter.All(), 50));
    assertEquals(List.of("p2"), listed(new ScopeFilter.One(new Scope.Global()), 50));
    assertEquals(List.of("p1", "p3", "p4"), listed(new ScopeFilter.AnyOffer(), 50));
    assertEquals(List.of("p3", "p4"), listed(new ScopeFilter.One(new Scope.Offer("1042")), 50));
    assertEquals(List.of(), listed(new ScopeFilter.One(new Scope.Offer("9")), 50));
  }

  @Test
  void pagesThroughEveryScope() {
    fill("1042");
    fill("1043", 200);
    fill(null, 300);
    assertEquals(60, listed(new ScopeFilter.All(), 7).size());
    assertEquals(40, listed(new ScopeFilter.AnyOffer(), 7).size());
    assertEquals(20, listed(new ScopeFilter.One(new Scope.Offer("1043")), 7).size());
    assertEquals(20, listed(new ScopeFilter.One(new Scope.Global()), 20).size());
    assertNull(store.list(affiliate, new ScopeFilter.One(new Scope.Global()), null, 20).next());
    assertEquals(
        listed(new ScopeFilter.All(), 200).stream().sorted().distinct().toList(),
        listed(new ScopeFilter.All(), 1));
  }

  @Test
  void findsForAnOfferItsOwnAndTheGlobalOnes() {
    store.create(postback("p1", null));
    store.create(postback("p2", "1042"));
    store.create(postback("p3", "1043"));
    assertEquals(List.of("p2", "p1"), ids(store.forOffer(affiliate, "1042")));
    assertEquals(List.of("p1"), ids(store.forOffer(affiliate, "9")));
  }

  /** A store in which an affiliate may have this many postbacks. */
  protected abstract PostbackStore store(int limitPerAffiliate);

  @Test
  void limitsThePostbacksOfAnAffiliate() {
    PostbackStore three = store(3);
    for (int i = 0; i < 3; i++) {
      assertEquals(Written.DONE, three.create(postback("p" + i, "o" + i)));
    }
    assertEquals(Written.AFFILIATE_LIMIT_REACHED, three.create(postback("p3", "o3")));
    assertEquals(Written.DONE, three.replace(version(2, "p0", "o9"), 1), "it is not a new one");
    assertEquals(Written.DONE, three.delete(affiliate, "p1", null));
    assertEquals(Written.NOT_FOUND, three.delete(affiliate, "p1", null));
    assertEquals(Written.DONE, three.create(postback("p3", "o3")));
    assertEquals(Written.AFFILIATE_LIMIT_REACHED, three.create(postback("p4", "o4")));
    assertEquals(
        Written.DONE, three.create(Samples.postback(affiliate + "b", "p4", "o4")), "another one");
  }

  @Test
  void holdsTheLimitOfAnAffiliateUnderConcurrentWriters() throws Exception {
    PostbackStore five = store(5);
    List<Written> results =
        Race.run(
            IntStream.range(0, 12)
                .mapToObj(i -> Race.of(() -> five.create(postback("p" + i, "o" + i))))
                .toList());
    assertEquals(5, Collections.frequency(results, Written.DONE));
    assertEquals(7, Collections.frequency(results, Written.AFFILIATE_LIMIT_REACHED));
    assertEquals(5, five.list(affiliate, new ScopeFilter.All(), null, 10).items().size());
  }

  private List<String> listed(ScopeFilter scope, int limit) {
    return ids(Pages.all(after -> store.list(affiliate, scope, after, limit)));
  }

  private void fill(@Nullable String offerId) {
    fill(offerId, 100);
  }

  private void fill(@Nullable String offerId, int from) {
    for (int i = 0; i < PostbackStore.LIMIT_PER_SCOPE; i++) {
      assertEquals(Written.DONE, store.create(postback("p" + (from + i), offerId)));
    }
  }

  private Postback postback(String postbackId, @Nullable String offerId) {
    return Samples.postback(affiliate, postbackId, offerId);
  }

  private Postback version(long version, String postbackId, @Nullable String offerId) {
    Postback base = postback(postbackId, offerId);
    PostbackSettings settings = base.settings();
    return new Postback(
        base.key(),
        new PostbackSettings(
            settings.scope(),
            settings.request(),
            settings.filter(),
            settings.alsoGlobal(),
            "version " + version,
            settings.sending(),
            settings.judging()),
        base.status(),
        new Revision(version, base.revision().createdAt(), base.revision().updatedAt()));
  }

  private static List<String> ids(List<Postback> postbacks) {
    return postbacks.stream().map(Postback::postbackId).toList();
  }
}
