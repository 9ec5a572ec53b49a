package com.natifico.postback.functions.api;

import com.natifico.postback.Ids;
import com.natifico.postback.acceptance.RecentConformance;
import com.natifico.postback.acceptance.RecentPreview;
import com.natifico.postback.contract.IfMatch;
import com.natifico.postback.contract.Paging;
import com.natifico.postback.contract.Request;
import com.natifico.postback.contract.Response;
import com.natifico.postback.contract.answer.AnswerSize;
import com.natifico.postback.contract.answer.NotificationAnswer;
import com.natifico.postback.contract.answer.PostbackAnswer;
import com.natifico.postback.contract.answer.PreviewAnswer;
import com.natifico.postback.contract.answer.RecentPreviewAnswer;
import com.natifico.postback.contract.input.Fields;
import com.natifico.postback.contract.input.PostbackChange;
import com.natifico.postback.contract.input.PostbackDraft;
import com.natifico.postback.contract.input.PreviewRequest;
import com.natifico.postback.contract.problem.Problem;
import com.natifico.postback.contract.problem.ProblemException;
import com.natifico.postback.contract.problem.ProblemType;
import com.natifico.postback.conversion.Conversion;
import com.natifico.postback.directory.SeenAffiliates;
import com.natifico.postback.idempotency.Claim;
import com.natifico.postback.macro.Template.Finding;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.PostbackKey;
import com.natifico.postback.postback.PostbackStore;
import com.natifico.postback.postback.PostbackStore.ScopeFilter;
import com.natifico.postback.postback.Preview;
import com.natifico.postback.postback.Scope;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An affiliate's postbacks or notifications: create, list, read, replace, delete, preview. */
final class Postbacks {
  /**
   * The limit of tries if other writers change the same postback; after that the client may try
   * again.
   */
  private static final int TRIES = 5;

  private final Services services;
  private final PostbackKind kind;
  private final SeenAffiliates seen;

  Postbacks(Services services, PostbackKind kind) {
    this.services = services;
    this.kind = kind;
    this.seen = services.seen();
  }

  Named.Result create(Request request, Claim.Execute execution) {
    String affiliateId = request.affiliateId();
    request.refuseQuery();
    PostbackDraft draft = kind.toCreate(request.json(), services.guard());
    ensureKey(draft);
    PostbackKey key = new PostbackKey(affiliateId, kind.idPrefix() + execution.seed());
    PostbackChange created = draft.create(key, services.now());
    seen.enter(affiliateId);
    Postback stored = execution.repeated() ? find(key) : null;
    if (stored != null) {
      return created(stored);
    }
    return switch (services.postbacks().create(created.postback(), created.secrets())) {
      case DONE -> created(created.postback());
      case LIMIT_REACHED -> throw limitReached(kind);
      case AFFILIATE_LIMIT_REACHED -> throw affiliateLimitReached();
      // Another postback has this id; the client's next try has another one.
      case STALE, NOT_FOUND -> throw Problem.unavailable();
    };
  }

  private Named.Result created(Postback postback) {
    return Named.Result.of(
        saved(201, postback)
            .with(
                "location",
                "/v1/affiliates/"
                    + postback.affiliateId()
                    + "/"
                    + kind.segment()
                    + "/"
                    + postback.postbackId()));
  }

  private @Nullable Postback find(PostbackKey key) {
    return services.postbacks().find(key.affiliateId(), key.postbackId());
  }

  private void ensureKey(PostbackDraft draft) {
    if (draft.usesNetworkKey()) {
      services.signingKeys().ensureKey(services.now());
    }
  }

  Response list(Request request) {
    String affiliateId = request.affiliateId();
    Fields query = Fields.ofQuery(request.query());
    String offerId = query.id("offer_id");
    String word = query.word("scope", List.of("global", "offer"), Postbacks::scopeWord);
    if (offerId != null && "global".equals(word)) {
      query.reject("offer_id", "not_applicable", "A global postback has no offer_id.");
    }
    ScopeFilter scopes = scopes(offerId, word);
    Instant now = services.now();
    Paging paging = Paging.finish(query, "postbacks/" + affiliateId + "/" + scopes);
    return paging.answer(
        AnswerSize.ofPostbacks(
            services.postbacks().list(affiliateId, scopes, paging.after(), paging.limit())),
        postback -> PostbackAnswer.of(postback, now));
  }

  Response listNotifications(Request request) {
    String affiliateId = request.affiliateId();
    Fields query = Fields.ofQuery(request.query());
    Instant now = services.now();
    Paging paging = Paging.finish(query, "notifications/" + affiliateId);
    return paging.answer(
        AnswerSize.ofPostbacks(
            services
                .postbacks()
                .list(
                    affiliateId,
                    new ScopeFilter.One(Scope.Notifications.ALL),
                    paging.after(),
                    paging.limit())),
        notification -> NotificationAnswer.of(notification, now));
  }

  private static @Nullable String scopeWord(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    return lower.equals("global") || lower.equals("offer") ? lower : null;
  }

  private static ScopeFilter scopes(@Nullable String offerId, @Nullable String word) {
    if (offerId == null && word == null) {
      return new ScopeFilter.All();
    }
    return offerId == null && "offer".equals(word)
        ? new ScopeFilter.AnyOffer()
        : new ScopeFilter.One(Scope.of(offerId));
  }

  Response read(Request request) {
    String affiliateId = request.affiliateId();
    request.refuseQuery();
    return answer(200, find(affiliateId, request));
  }

  Response replace(Request request) {
    String affiliateId = request.affiliateId();
    request.refuseQuery();
    IfMatch ifMatch = request.ifMatch();
    Postback stored = find(affiliateId, request);
    requireMatch(ifMatch, stored);
    PostbackDraft draft = kind.toReplace(request.json(), services.guard());
    ensureKey(draft);
    for (int i = 0; i < TRIES; i++) {
      requireMatch(ifMatch, stored);
      PostbackChange change = draft.replace(stored, services.now());
      switch (services.postbacks().replace(change.postback(), stored.version(), change.secrets())) {
        case DONE -> {
          return saved(200, change.postback());
        }
        case LIMIT_REACHED -> throw limitReached(kind);
        case AFFILIATE_LIMIT_REACHED -> throw affiliateLimitReached();
        case NOT_FOUND -> throw Problem.notFound(kind.word());
        case STALE -> stored = find(affiliateId, request);
      }
    }
    throw Problem.unavailable();
  }

  Response delete(Request request) {
    String affiliateId = request.affiliateId();
    request.refuseQuery();
    IfMatch ifMatch = request.ifMatch();
    for (int i = 0; i < TRIES; i++) {
      Postback stored = find(affiliateId, request);
      requireMatch(ifMatch, stored);
      PostbackStore.Written written =
          services
              .postbacks()
              .delete(affiliateId, stored.postbackId(), ifMatch.any() ? null : stored.version());
      switch (written) {
        case DONE -> {
          return Response.empty();
        }
        case NOT_FOUND -> throw Problem.notFound(kind.word());
        case STALE, LIMIT_REACHED, AFFILIATE_LIMIT_REACHED -> {
          // Another writer changed the postback, so the next try checks the preconditions again.
        }
      }
    }
    throw Problem.unavailable();
  }

  Response preview(Request request) {
    String affiliateId = request.affiliateId();
    request.refuseQuery();
    return switch (PreviewRequest.read(request.json(), affiliateId, services.guard())) {
      case PreviewRequest.OfConversion(PostbackDraft draft, Conversion conversion) -> {
        Instant now = services.now();
        Postback postback =
            draft.preview(new PostbackKey(affiliateId, RecentPreview.NEW_POSTBACK), now);
        yield Response.json(
            200, PreviewAnswer.of(Preview.of(postback.settings(), conversion, now)));
      }
      case PreviewRequest.OfRecent(PostbackDraft draft, String postbackId, int most) -> {
        Postback postback = draft.preview(new PostbackKey(affiliateId, postbackId), services.now());
        yield Response.json(
            200,
            RecentPreviewAnswer.of(
                new RecentPreview(services.history(), services.postbacks()).of(postback, most),
                ofRecentEvents(postback)));
      }
    };
  }

  /** What the newest events lack if the receiver is an ad platform. */
  private List<Finding> ofRecentEvents(Postback postback) {
    return new RecentConformance(services.history()).of(postback);
  }

  /** The answer after a postback was saved. A failure to read events costs only the warnings. */
  private Response saved(int status, Postback postback) {
    List<Finding> found;
    try {
      found = ofRecentEvents(postback);
    } catch (RuntimeException e) {
      services.errors().accept("the newest events could not be compared", e);
      found = List.of();
    }
    return answer(status, postback, found);
  }

  private Response answer(int status, Postback postback) {
    return answer(status, postback, List.of());
  }

  private Response answer(int status, Postback postback, List<Finding> found) {
    return Response.json(status, kind.answer(postback, found, services.now()))
        .with("etag", IfMatch.tag(postback.version()));
  }

  private Postback find(String affiliateId, Request request) {
    String postbackId = request.path(kind.idParameter());
    Postback postback =
        Ids.isValid(postbackId) ? services.postbacks().find(affiliateId, postbackId) : null;
    if (postback == null || !kind.is(postback)) {
      throw Problem.notFound(kind.word());
    }
    return postback;
  }

  private static void requireMatch(IfMatch ifMatch, Postback stored) {
    if (!ifMatch.holds(stored.version())) {
      throw Problem.stale();
    }
  }

  private static ProblemException affiliateLimitReached() {
    return Problem.of(
        ProblemType.LIMIT_REACHED,
        "The affiliate has "
            + PostbackStore.LIMIT_PER_AFFILIATE
            + " postbacks, which is the limit. Delete those that are no longer needed.");
  }

  private static ProblemException limitReached(PostbackKind kind) {
    String which =
        switch (kind) {
          case POSTBACK -> " postbacks of this scope (global, or one offer)";
          case NOTIFICATION -> " notifications";
        };
    return Problem.of(
        ProblemType.LIMIT_REACHED,
        "There are "
            + PostbackStore.LIMIT_PER_SCOPE
            + which
            + ", which is the limit. Delete one that is no longer needed.");
  }
}
