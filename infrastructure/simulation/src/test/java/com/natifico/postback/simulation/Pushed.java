package com.natifico.postback.simulation;

/**
 * A conversion that the ad network pushes.
 *
 * @param token the click id: different for each pushed content, so that a tracker's request
 *     identifies the affiliate and the content
 * @param status the status as pushed: a word or a code
 */
record Pushed(
    String affiliateId,
    String conversionId,
    String offerId,
    String status,
    String goal,
    String token) {

  String json() {
    return """
        {"conversion_id":"%s","affiliate_id":"%s","offer_id":"%s","status":"%s","goal":"%s",\
        "ref_id":"%s","sum":12.50}"""
        .formatted(conversionId, affiliateId, offerId, status, goal, token);
  }

  /** The same event with other content. */
  Pushed withToken(String other) {
    return new Pushed(affiliateId, conversionId, offerId, status, goal, other);
  }

  /** Another event of the same conversion. */
  Pushed withStatus(String other) {
    return new Pushed(affiliateId, conversionId, offerId, other, goal, token + "-" + other);
  }
}
