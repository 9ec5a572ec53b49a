package com.natifico.postback.functions.api;

import com.natifico.postback.Ids;
import com.natifico.postback.access.NewKey;
import com.natifico.postback.contract.Paging;
import com.natifico.postback.contract.Request;
import com.natifico.postback.contract.Response;
import com.natifico.postback.contract.answer.KeyAnswer;
import com.natifico.postback.contract.input.Fields;
import com.natifico.postback.contract.input.KeyRequest;
import com.natifico.postback.contract.problem.Problem;

/** The routes for admins that create, list and revoke keys. */
final class Keys {
  private final Services services;

  Keys(Services services) {
    this.services = services;
  }

  Response create(Request request) {
    request.refuseQuery();
    KeyRequest wanted = KeyRequest.read(request.json());
    NewKey key =
        NewKey.issue(
            wanted.role(), wanted.affiliateId(), wanted.label(), services.now(), services.random());
    services.keys().save(key.stored());
    return Response.json(201, KeyAnswer.of(key));
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
}
