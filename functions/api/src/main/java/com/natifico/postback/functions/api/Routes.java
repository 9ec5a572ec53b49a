package com.natifico.postback.functions.api;

import static com.natifico.postback.access.Role.ADMIN;
import static com.natifico.postback.access.Role.AFFILIATE;
import static com.natifico.postback.access.Role.MANAGER;
import static com.natifico.postback.access.Role.NETWORK;
import static com.natifico.postback.contract.Route.open;
import static java.util.Map.entry;

import com.natifico.postback.access.Role;
import com.natifico.postback.contract.Request;
import com.natifico.postback.contract.Route;
import java.util.Map;

/** The routes of this function and the roles that may use them. */
final class Routes {
  private static final String AFFILIATE_PATH = "/v1/affiliates/{affiliate_id}";

  /** The owner of the names of requests that create keys; it cannot be an affiliate's id. */
  private static final String KEYS = "#keys";

  private Routes() {}

  static Map<String, Route> of(Services services) {
    Information information = new Information();
    Console console = new Console();
    Postbacks postbacks = new Postbacks(services, PostbackKind.POSTBACK);
    Postbacks notifications = new Postbacks(services, PostbackKind.NOTIFICATION);
    DeliveryRoutes deliveries = new DeliveryRoutes(services);
    Resends resends = new Resends(services);
    Backfills backfills = new Backfills(services);
    Outcomes outcomes = new Outcomes(services);
    StatisticsRoute statistics = new StatisticsRoute(services);
    RefusedPushRoute refusedPushes = new RefusedPushRoute(services);
    Keys keys = new Keys(services);
    SigningKeyRoutes signingKeys = new SigningKeyRoutes(services);
    Named named = new Named(services);
    ManagerRoutes managers = new ManagerRoutes(services);
    return Map.ofEntries(
        entry("GET /", open(console::page)),
        entry("GET /console/{version}/{file}", open(console::file)),
        entry("GET /health", open(information::health)),
        entry("GET /v1/openapi.json", open(information::openApi)),
        entry("GET /v1/macros", open(information::macros)),
        entry("GET /v1/trackers", open(information::trackers)),
        entry("GET /v1/problems/{code}", open(information::problem)),
        entry("GET /.well-known/jwks.json", open(signingKeys::published)),
        entry("GET /v1/me", Route.of(keys::me, Role.values())),
        entry(
            "POST " + AFFILIATE_PATH + "/postbacks",
            ofAffiliate(named.route(Request::affiliateId, postbacks::create))),
        entry("GET " + AFFILIATE_PATH + "/postbacks", ofAffiliate(postbacks::list)),
        entry("GET " + AFFILIATE_PATH + "/postbacks/{postback_id}", ofAffiliate(postbacks::read)),
        entry(
            "PUT " + AFFILIATE_PATH + "/postbacks/{postback_id}", ofAffiliate(postbacks::replace)),
        entry(
            "DELETE " + AFFILIATE_PATH + "/postbacks/{postback_id}",
            ofAffiliate(postbacks::delete)),
        entry("POST " + AFFILIATE_PATH + "/postbacks/preview", ofAffiliate(postbacks::preview)),
        entry(
            "POST " + AFFILIATE_PATH + "/notifications",
            ofAffiliate(named.route(Request::affiliateId, notifications::create))),
        entry(
            "GET " + AFFILIATE_PATH + "/notifications",
            ofAffiliate(notifications::listNotifications)),
        entry(
            "GET " + AFFILIATE_PATH + "/notifications/{notification_id}",
            ofAffiliate(notifications::read)),
        entry(
            "PUT " + AFFILIATE_PATH + "/notifications/{notification_id}",
            ofAffiliate(notifications::replace)),
        entry(
            "DELETE " + AFFILIATE_PATH + "/notifications/{notification_id}",
            ofAffiliate(notifications::delete)),
        entry("GET " + AFFILIATE_PATH + "/deliveries", ofAffiliate(deliveries::list)),
        entry("GET " + AFFILIATE_PATH + "/deliveries/{delivery_id}", ofAffiliate(deliveries::read)),
        entry(
            "POST " + AFFILIATE_PATH + "/deliveries/{delivery_id}/resend",
            ofAffiliate(resends::resend)),
        entry(
            "POST " + AFFILIATE_PATH + "/resends",
            ofAffiliate(named.route(Request::affiliateId, resends::resendAll))),
        entry(
            "POST " + AFFILIATE_PATH + "/backfills",
            ofAffiliate(named.route(Request::affiliateId, backfills::create))),
        entry("GET " + AFFILIATE_PATH + "/statistics", ofAffiliate(statistics::read)),
        entry("GET " + AFFILIATE_PATH + "/conversions", ofAffiliate(outcomes::search)),
        entry(
            "GET " + AFFILIATE_PATH + "/conversions/{conversion_id}",
            Route.of(outcomes::read, AFFILIATE, MANAGER, NETWORK)),
        entry("GET /v1/attention", Route.of(managers::attention, MANAGER)),
        entry("GET /v1/affiliates", Route.of(managers::affiliates, MANAGER)),
        entry("GET /v1/pushes", Route.of(refusedPushes::list, MANAGER, NETWORK)),
        entry("POST /v1/keys", Route.of(named.route(_ -> KEYS, keys::create), ADMIN)),
        entry("GET /v1/keys", Route.of(keys::list, ADMIN)),
        entry("PUT /v1/keys/{key_id}", Route.of(keys::replace, ADMIN)),
        entry("DELETE /v1/keys/{key_id}", Route.of(keys::delete, ADMIN)),
        entry("POST /v1/signing-keys", Route.of(signingKeys::rotate, ADMIN)));
  }

  /** A route for the affiliate itself and for account managers. */
  private static Route ofAffiliate(Route.Endpoint endpoint) {
    return Route.of(endpoint, AFFILIATE, MANAGER);
  }
}
