package com.natifico.postback.functions.sender.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A name server that the test controls. */
final class Names implements NameResolver {
  private final Map<String, List<InetAddress>> answers = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();

  /** Sets the addresses of a name from now on. */
  Names put(String name, String... addresses) {
    answers.put(name, Arrays.stream(addresses).map(InetAddress::ofLiteral).toList());
    return this;
  }

  /** Every look-up, in order. */
  List<String> asked() {
    return List.copyOf(asked);
  }

  @Override
  public List<InetAddress> resolve(String name) throws UnknownHostException {
    asked.add(name);
    List<InetAddress> answer = answers.get(name);
    if (answer == null) {
      throw new UnknownHostException(name);
    }
    return answer;
  }
}
