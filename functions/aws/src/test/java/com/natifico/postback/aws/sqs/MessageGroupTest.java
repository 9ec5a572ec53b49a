package com.natifico.postback.aws.sqs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MessageGroupTest {
  @ParameterizedTest
  @ValueSource(strings = {"track.example.com", "track.example.com:8443", "[2001:db8::1]:443"})
  void isTheEndpoint(String endpoint) {
    assertEquals(endpoint, MessageGroup.of(endpoint));
  }

  @Test
  void isValidForEveryEndpoint() {
    for (String endpoint : new String[] {"", "tracker.köln", "a b", "\u0000", "x".repeat(253)}) {
      String group = MessageGroup.of(endpoint);
      assertTrue(group.matches("[!-~]{1,128}"), group);
    }
  }

  @Test
  void differsForDifferentEndpoints() {
    assertNotEquals(
        MessageGroup.of("a".repeat(130) + ".example.com"),
        MessageGroup.of("a".repeat(130) + ".example.org"));
    assertNotEquals(MessageGroup.of("tracker.köln"), MessageGroup.of("tracker.kÖln"));
  }
}
