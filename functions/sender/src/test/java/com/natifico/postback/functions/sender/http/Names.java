package com.natifico.postback.functions.sender.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A name server under the test's control. */
final class Names implements NameResolver {
  private final Map<String, List<InetAddress>> answers = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();

  /** From now on. */
  Names put(String name, String... addresses) {
    answers.put(name, Arrays.stream(addresses).map(InetAddress::ofLiteral).toList());
    return this;
  }

  /** Every name that was asked for, as often as it was. */
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
