package com.natifico.postback.contract;

import com.natifico.postback.access.Role;
import java.util.Set;

/**
 * One route of template.yaml: the roles that may use it, and its endpoint.
 *
 * @param roles the permitted roles; empty if anyone may use it, also without a key
 */
public record Route(Set<Role> roles, Endpoint endpoint) {
  /** Processes a request and returns the response, or throws a problem. */
  @FunctionalInterface
  public interface Endpoint {
    Response answer(Request request);
  }

  public Route {
    roles = Set.copyOf(roles);
  }

  public static Route open(Endpoint endpoint) {
    return new Route(Set.of(), endpoint);
  }

  public static Route of(Endpoint endpoint, Role... roles) {
    return new Route(Set.of(roles), endpoint);
  }
}
