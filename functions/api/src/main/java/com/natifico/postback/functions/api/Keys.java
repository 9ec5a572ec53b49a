package com.natifico.postback.functions.api;

import com.natifico.postback.Ids;
import com.natifico.postback.access.ApiKey;
import com.natifico.postback.access.KeyRequest;
import com.natifico.postback.access.NewKey;
import com.natifico.postback.aws.http.Request;
import com.natifico.postback.aws.http.Response;
import com.natifico.postback.aws.json.JsonOutput;
import com.natifico.postback.input.Fields;
import com.natifico.postback.problem.Problem;
import java.io.IOException;

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
    return Response.json(
        201,
        out -> {
          write(out, key.stored());
          out.field("key", key.key());
        });
  }

  Response list(Request request) {
    Paging paging = Paging.finish(Fields.ofQuery(request.query()), "keys");
    return paging.answer(services.keys().list(paging.after(), paging.limit()), Keys::write);
  }

  /** Never writes a hash. */
  private static void write(JsonOutput out, ApiKey key) throws IOException {
    out.field("key_id", key.keyId())
        .field("role", key.role().word())
        .field("affiliate_id", key.affiliateId())
        .field("label", key.label())
        .field("created_at", key.createdAt());
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
