package com.natifico.postback.aws.http;

import com.natifico.postback.access.Role;
import java.util.Set;

/**
 * One route of template.yaml: who may use it, and what answers.
 *
 * @param roles empty for anyone, also without a key
 */
public record Route(Set<Role> roles, Endpoint endpoint) {
  /** Answers a request, or throws a problem. */
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
