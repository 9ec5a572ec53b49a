package com.natifico.postback.functions.api;

import com.natifico.postback.Ids;
import com.natifico.postback.access.ApiKey;
import com.natifico.postback.access.Caller;
import com.natifico.postback.access.NewKey;
import com.natifico.postback.contract.Paging;
import com.natifico.postback.contract.Request;
import com.natifico.postback.contract.Response;
import com.natifico.postback.contract.answer.CallerAnswer;
import com.natifico.postback.contract.answer.KeyAnswer;
import com.natifico.postback.contract.answer.RepeatedKeyAnswer;
import com.natifico.postback.contract.input.Fields;
import com.natifico.postback.contract.input.KeyRequest;
import com.natifico.postback.contract.problem.Problem;
import com.natifico.postback.idempotency.Claim;

/**
 * The routes for admins that create, list, change and revoke keys, and the route that shows one's
 * own.
 */
final class Keys {
  private final Services services;

  Keys(Services services) {
    this.services = services;
  }

  /** A repeat never contains the key. */
  Named.Result create(Request request, Claim.Execute execution) {
    request.refuseQuery();
    KeyRequest wanted = KeyRequest.read(request.json());
    NewKey key =
        NewKey.issue(wanted.permissions(), wanted.label(), services.now(), services.random());
    services.keys().save(key.stored());
    return new Named.Result(
        Response.json(201, KeyAnswer.of(key)),
        Response.json(201, RepeatedKeyAnswer.of(key.stored())));
  }

  /** Replaces the label and the permissions; the role and the affiliate remain. */
  Response replace(Request request) {
    request.refuseQuery();
    String keyId = request.path("key_id");
    ApiKey stored = Ids.isValid(keyId) ? services.keys().find(keyId) : null;
    if (stored == null) {
      throw Problem.notFound("key");
    }
    KeyRequest wanted = KeyRequest.readReplacement(request.json(), stored.permissions());
    ApiKey replaced = services.keys().replace(keyId, wanted.label(), wanted.permissions());
    if (replaced == null) {
      throw Problem.notFound("key");
    }
    return Response.json(200, KeyAnswer.of(replaced));
  }

  Response list(Request request) {
    Paging paging = Paging.finish(Fields.ofQuery(request.query()), "keys");
    return paging.answer(services.keys().list(paging.after(), paging.limit()), KeyAnswer::of);
  }

  Response delete(Request request) {
    request.refuseQuery();
    String keyId = request.path("key_id");
    if (!Ids.isValid(keyId) || !services.keys().delete(keyId)) {
      throw Problem.notFound("key");
    }
    return Response.empty();
  }

  /** The key of this request. */
  Response me(Request request) {
    request.refuseQuery();
    Caller caller = request.caller();
    return Response.json(200, CallerAnswer.of(caller, services.keys().find(caller.keyId())));
  }
}
