package com.natifico.postback.postback;

/** How a callback is sent. */
public enum HttpMethod {
  GET,
  POST
}
