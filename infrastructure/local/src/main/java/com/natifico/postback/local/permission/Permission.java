package com.natifico.postback.local.permission;

/** One action on one resource, as in {@code sqs:SendMessage} and a queue's ARN. */
public record Permission(String action, String resource) {
  @Override
  public String toString() {
    return action + " on " + resource;
  }
}
