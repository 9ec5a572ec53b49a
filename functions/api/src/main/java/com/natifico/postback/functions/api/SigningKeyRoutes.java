package com.natifico.postback.functions.api;

import com.natifico.postback.contract.Request;
import com.natifico.postback.contract.Response;
import com.natifico.postback.contract.answer.KeySetAnswer;
import com.natifico.postback.contract.answer.PageAnswer;
import com.natifico.postback.contract.answer.SigningKeyAnswer;
import com.natifico.postback.contract.input.KeyRotation;
import com.natifico.postback.signature.SigningKeyring;
import java.time.Instant;

/** The routes of the network's signing keys. */
final class SigningKeyRoutes {
  private final Services services;

  SigningKeyRoutes(Services services) {
    this.services = services;
  }

  /** The public keys for receivers. */
  Response published(Request request) {
    request.refuseQuery();
    KeySetAnswer keys = KeySetAnswer.of(services.signingKeys().published(services.now()));
    // A receiver that asked before the first key existed must not miss it. Later keys are published
    // long before they sign, so the answer may be kept like one that never changes.
    return keys.keys().isEmpty() ? Response.json(200, keys) : Response.constant(keys);
  }

  Response rotate(Request request) {
    request.refuseQuery();
    KeyRotation wanted = KeyRotation.read(request.json());
    SigningKeyring keys = services.signingKeys();
    Instant now = services.now();
    if (wanted.atOnce()) {
      keys.replaceAtOnce(now);
    } else {
      keys.rotate(now);
    }
    return Response.json(
        200, PageAnswer.whole(keys.published(now).stream().map(SigningKeyAnswer::of).toList()));
  }
}
