package com.natifico.postback.functions.api;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The roles that may use a route of template.yaml: one row for each route, including those of the
 * conversion function.
 *
 * @param roles the names of roles; {@code anyone} if no key is needed
 */
public record AccessRow(String routeKey, Set<String> roles) {
  private static final String TABLE =
      """
      GET    /                                         anyone
      GET    /console/{version}/{file}                 anyone
      GET    /health                                   anyone
      GET    /v1/openapi.json                          anyone
      GET    /v1/macros                                anyone
      GET    /v1/trackers                              anyone
      GET    /v1/problems/{code}                       anyone
      GET    /.well-known/jwks.json                    anyone
      GET    /v1/me                                    affiliate manager network admin
      POST   AFFILIATE/postbacks                       affiliate manager
      GET    AFFILIATE/postbacks                       affiliate manager
      POST   AFFILIATE/postbacks/preview               affiliate manager
      GET    AFFILIATE/postbacks/{postback_id}         affiliate manager
      PUT    AFFILIATE/postbacks/{postback_id}         affiliate manager
      DELETE AFFILIATE/postbacks/{postback_id}         affiliate manager
      POST   AFFILIATE/notifications                   affiliate manager
      GET    AFFILIATE/notifications                   affiliate manager
      GET    AFFILIATE/notifications/{notification_id} affiliate manager
      PUT    AFFILIATE/notifications/{notification_id} affiliate manager
      DELETE AFFILIATE/notifications/{notification_id} affiliate manager
      GET    AFFILIATE/deliveries                      affiliate manager
      GET    AFFILIATE/deliveries/{delivery_id}        affiliate manager
      POST   AFFILIATE/deliveries/{delivery_id}/resend affiliate manager
      POST   AFFILIATE/resends                         affiliate manager
      POST   AFFILIATE/backfills                       affiliate manager
      GET    AFFILIATE/conversions                     affiliate manager
      GET    AFFILIATE/conversions/{conversion_id}     affiliate manager network
      GET    AFFILIATE/statistics                      affiliate manager
      POST   /v1/conversions                           network
      POST   /v1/conversions/batch                     network
      GET    /v1/conversions/postback                  network
      POST   /v1/test-conversions                      affiliate manager
      GET    /v1/test-conversions/{id}                 affiliate manager
      GET    /v1/pushes                                manager network
      GET    /v1/attention                             manager
      GET    /v1/affiliates                            manager
      POST   /v1/keys                                  admin
      GET    /v1/keys                                  admin
      PUT    /v1/keys/{key_id}                         admin
      DELETE /v1/keys/{key_id}                         admin
      POST   /v1/signing-keys                          admin
      """;

  public static Stream<AccessRow> all() {
    return TABLE
        .lines()
        .map(line -> List.of(line.strip().split("\\s+")))
        .map(
            cells ->
                new AccessRow(
                    cells.get(0)
                        + " "
                        + cells.get(1).replace("AFFILIATE", "/v1/affiliates/{affiliate_id}"),
                    cells.stream().skip(2).collect(Collectors.toSet())));
  }

  public boolean isOpen() {
    return roles.contains("anyone");
  }

  public boolean lets(String role) {
    return isOpen() || roles.contains(role);
  }

  public String method() {
    return routeKey.split(" ", 2)[0];
  }

  /**
   * The path with the affiliate's id, an existing file and problem, and arbitrary values for the
   * other parameters.
   */
  public String path(String affiliateId) {
    return routeKey
        .split(" ", 2)[1]
        .replace("{affiliate_id}", affiliateId)
        .replace("{file}", "app.js")
        .replace("{code}", "not_found")
        .replaceAll("\\{[a-z_]+}", "x");
  }
}
