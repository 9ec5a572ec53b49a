package com.natifico.postback.functions.sender.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Finds the addresses of a name. */
@FunctionalInterface
public interface NameResolver {
  /**
   * All addresses of a name. May block; the caller waits no longer than it can.
   *
   * @param name in ASCII, without a trailing dot
   * @return at least one
   * @throws UnknownHostException if there is none
   */
  List<InetAddress> resolve(String name) throws UnknownHostException;

  /** The platform's resolver. */
  static NameResolver system() {
    return name -> List.of(InetAddress.getAllByName(name));
  }
}
