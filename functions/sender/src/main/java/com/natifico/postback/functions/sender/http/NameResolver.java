package com.natifico.postback.functions.sender.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Resolves the addresses of a name. */
@FunctionalInterface
public interface NameResolver {
  /**
   * Returns all addresses of a name. May block; callers limit their own wait.
   *
   * @param name in ASCII, without a trailing dot
   * @return at least one address
   * @throws UnknownHostException if there is none
   */
  List<InetAddress> resolve(String name) throws UnknownHostException;

  /** The platform's resolver. */
  static NameResolver system() {
    return name -> List.of(InetAddress.getAllByName(name));
  }
}
