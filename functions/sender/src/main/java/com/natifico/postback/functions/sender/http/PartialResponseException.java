package com.natifico.postback.functions.sender.http;

import java.io.IOException;

/** The connection ended within the status line: the endpoint had started to respond. */
final class PartialResponseException extends IOException {
  private static final long serialVersionUID = 1;

  PartialResponseException(IOException cause) {
    super("The connection ended within the status line", cause);
  }
}
