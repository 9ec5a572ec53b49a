package com.natifico.postback.functions.api;

import com.natifico.postback.access.ApiKey;
import com.natifico.postback.access.Caller;
import com.natifico.postback.access.KeyStore;
import com.natifico.postback.access.Role;
import com.natifico.postback.contract.Cursor;
import com.natifico.postback.contract.Paging;
import com.natifico.postback.contract.Request;
import com.natifico.postback.contract.Response;
import com.natifico.postback.contract.answer.RefusedPushAnswer;
import com.natifico.postback.contract.input.Fields;
import com.natifico.postback.contract.problem.Problem;
import com.natifico.postback.push.PushLog;
import com.natifico.postback.push.RefusedPush;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The refused pushes, for account managers and for the network that pushed them. */
final class RefusedPushRoute {
  private static final String REFUSED = "refused";

  private final PushLog pushes;
  private final KeyStore keys;
  private final InstantSource clock;

  RefusedPushRoute(Services services) {
    this.pushes = services.pushes();
    this.keys = services.keys();
    this.clock = services.clock();
  }

  Response list(Request request) {
    Fields query = Fields.ofQuery(request.query());
    query.word("outcome", List.of(REFUSED));
    String keyId = keyId(request.caller(), query.id("key_id"));
    Instant since = query.instant("since");
    Paging paging = Paging.finish(query, "pushes/" + keyId + "/" + since);
    PushLog.Listed listed = pushes.list(keyId, kept(since), paging.after(), paging.limit());
    Map<String, Optional<String>> labels = new HashMap<>();
    return Response.json(
        200,
        new RefusedPushAnswer.RefusedPushList(
            listed.page().items().stream().map(push -> answer(push, labels)).toList(),
            Cursor.encode(paging.list(), listed.page().next()),
            listed.notKept()));
  }

  /** The key whose pushes are wanted; null for all keys. A network sees those of its own key. */
  private static @Nullable String keyId(Caller caller, @Nullable String wanted) {
    if (caller.role() != Role.NETWORK) {
      return wanted;
    }
    if (wanted != null && !wanted.equals(caller.keyId())) {
      throw Problem.notFound("key");
    }
    return caller.keyId();
  }

  /** Without what DynamoDB should have deleted already. */
  private Instant kept(@Nullable Instant since) {
    Instant oldest = clock.instant().minus(PushLog.KEPT);
    return since == null || since.isBefore(oldest) ? oldest : since;
  }

  private RefusedPushAnswer answer(RefusedPush push, Map<String, Optional<String>> labels) {
    return RefusedPushAnswer.of(
        push, labels.computeIfAbsent(push.keyId(), this::label).orElse(null));
  }

  private Optional<String> label(String keyId) {
    return Optional.ofNullable(keys.find(keyId)).map(ApiKey::label);
  }
}
