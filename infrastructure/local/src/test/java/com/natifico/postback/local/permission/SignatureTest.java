package com.natifico.postback.local.permission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class SignatureTest {
  private static Map<String, List<String>> signed(@Nullable String token, String body) {
    return new Signature(
            "AKIDEXAMPLE",
            "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
            token,
            "sqs",
            "eu-central-1",
            () -> Instant.parse("2026-11-02T14:03:09Z"))
        .sign(
            "POST",
            URI.create("https://sqs.eu-central-1.amazonaws.com/"),
            Map.of("x-amz-target", "AmazonSQS.SendMessage"),
            body.getBytes(StandardCharsets.UTF_8));
  }

  private static String authorization(Map<String, List<String>> headers) {
    return String.join("", headers.getOrDefault("Authorization", List.of()));
  }

  @Test
  void containsKeyDayRegionServiceAndSignedHeaders() {
    Map<String, List<String>> headers = signed(null, "{}");
    String authorization = authorization(headers);
    assertTrue(
        authorization.startsWith(
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261102/eu-central-1/sqs/aws4_request, "),
        authorization);
    assertTrue(authorization.contains("x-amz-target"), authorization);
    assertEquals(List.of("20261102T140309Z"), headers.get("X-Amz-Date"));
    assertEquals(authorization, authorization(signed(null, "{}")));
    assertTrue(!authorization.equals(authorization(signed(null, "{ }"))), "the body is signed");
  }

  @Test
  void includesTheTokenOfTemporaryKeys() {
    Map<String, List<String>> headers = signed("token", "{}");
    assertEquals(List.of("token"), headers.get("X-Amz-Security-Token"));
    assertTrue(authorization(headers).contains("x-amz-security-token"));
  }
}
