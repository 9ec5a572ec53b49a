package com.natifico.postback.functions.sender.http;

import java.io.IOException;

/** The egress guard's rejection, passed through the HTTP client. */
final class BlockedException extends IOException {
  BlockedException(String message) {
    super(message);
  }
}
