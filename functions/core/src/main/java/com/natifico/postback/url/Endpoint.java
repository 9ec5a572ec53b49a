package com.natifico.postback.url;

/**
 * Where a request goes.
 *
 * @param port the scheme's own if the URL names none
 */
public record Endpoint(Scheme scheme, Host host, int port) {
  public Endpoint {
    if (!isPort(port)) {
      throw new IllegalArgumentException(port + " is not a port");
    }
  }

  public static boolean isPort(int number) {
    return number >= 1 && number <= 65_535;
  }
}
