package com.natifico.postback.cli.api;

import java.net.URI;

/** There was no complete answer to a request. Whether it was carried out is not known. */
public final class ApiUnreachable extends RuntimeException {
  private static final long serialVersionUID = 1;

  ApiUnreachable(URI url, Throwable cause) {
    super(
        "%s gave no answer: %s"
            .formatted(
                url,
                cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage()),
        cause);
  }
}
