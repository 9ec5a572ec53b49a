package com.natifico.postback.functions.api;

import static com.natifico.postback.access.Role.ADMIN;
import static com.natifico.postback.access.Role.AFFILIATE;
import static com.natifico.postback.access.Role.MANAGER;
import static com.natifico.postback.access.Role.NETWORK;
import static com.natifico.postback.aws.http.Route.of;
import static com.natifico.postback.aws.http.Route.open;
import static java.util.Map.entry;

import com.natifico.postback.aws.http.Route;
import java.util.Map;

/** What this function serves, and to whom (design, section 5). */
final class Routes {
  private static final String AFFILIATE_PATH = "/v1/affiliates/{affiliate_id}";

  private Routes() {}

  static Map<String, Route> of(Services services) {
    Information information = new Information();
    Postbacks postbacks = new Postbacks(services);
    DeliveryRoutes deliveries = new DeliveryRoutes(services);
    Resends resends = new Resends(services);
    Outcomes outcomes = new Outcomes(services);
    Keys keys = new Keys(services);
    return Map.ofEntries(
        entry("GET /", open(information::home)),
        entry("GET /health", open(information::health)),
        entry("GET /v1/openapi.json", open(information::openApi)),
        entry("GET /v1/macros", open(information::macros)),
        entry("GET /v1/trackers", open(information::trackers)),
        entry("POST " + AFFILIATE_PATH + "/postbacks", of(postbacks::create, AFFILIATE, MANAGER)),
        entry("GET " + AFFILIATE_PATH + "/postbacks", of(postbacks::list, AFFILIATE, MANAGER)),
        entry(
            "GET " + AFFILIATE_PATH + "/postbacks/{postback_id}",
            of(postbacks::read, AFFILIATE, MANAGER)),
        entry(
            "PUT " + AFFILIATE_PATH + "/postbacks/{postback_id}",
            of(postbacks::replace, AFFILIATE, MANAGER)),
        entry(
            "DELETE " + AFFILIATE_PATH + "/postbacks/{postback_id}",
            of(postbacks::delete, AFFILIATE, MANAGER)),
        entry(
            "POST " + AFFILIATE_PATH + "/postbacks/preview",
            of(postbacks::preview, AFFILIATE, MANAGER)),
        entry("GET " + AFFILIATE_PATH + "/deliveries", of(deliveries::list, AFFILIATE, MANAGER)),
        entry(
            "GET " + AFFILIATE_PATH + "/deliveries/{delivery_id}",
            of(deliveries::read, AFFILIATE, MANAGER)),
        entry(
            "POST " + AFFILIATE_PATH + "/deliveries/{delivery_id}/resend",
            of(resends::resend, AFFILIATE, MANAGER)),
        entry("POST " + AFFILIATE_PATH + "/resends", of(resends::resendAll, AFFILIATE, MANAGER)),
        entry(
            "GET " + AFFILIATE_PATH + "/conversions/{conversion_id}",
            of(outcomes::read, AFFILIATE, MANAGER, NETWORK)),
        entry("POST /v1/keys", of(keys::create, ADMIN)),
        entry("GET /v1/keys", of(keys::list, ADMIN)),
        entry("DELETE /v1/keys/{key_id}", of(keys::delete, ADMIN)));
  }
}
