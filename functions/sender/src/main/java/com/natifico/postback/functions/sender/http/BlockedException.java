package com.natifico.postback.functions.sender.http;

import java.io.IOException;

/** The egress guard's refusal on its way through the HTTP client. */
final class BlockedException extends IOException {
  BlockedException(String message) {
    super(message);
  }
}
