package com.natifico.postback.postback;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.natifico.postback.conversion.ConversionMacros;
import com.natifico.postback.testing.Samples;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ExpansionsTest {
  private final Expansions expansions = new Expansions();

  @Test
  void expandsLikeAnUncachedExpansion() {
    RequestTemplate postback = postback("https://t.example/?c={ref_id}", null, null);

    for (int i = 0; i < 3; i++) {
      assertEquals(
          Expansion.of(postback).expand(values()), expansions.of(postback).expand(values()));
    }
  }

  @Test
  void usesAnEditAtOnce() {
    expansions.of(postback("https://t.example/?c={ref_id}", null, null)).expand(values());

    assertEquals(
        "https://t.example/?s=12.50",
        expansions.of(postback("https://t.example/?s={sum}", null, null)).expand(values()).url());
  }

  @Test
  void keepsTheKindsOfBodiesApart() {
    String body = "{\"name\": \"{offer_name}\"}";

    CallbackRequest json =
        expansions.of(postback("https://t.example/", body, "application/json")).expand(values());
    CallbackRequest form =
        expansions
            .of(postback("https://t.example/", body, "application/x-www-form-urlencoded"))
            .expand(values());

    assertEquals("{\"name\": \"Sample Game (Android, DE)\"}", json.body());
    assertEquals(
        Expansion.of(postback("https://t.example/", body, "application/x-www-form-urlencoded"))
            .expand(values())
            .body(),
        form.body());
  }

  @Test
  void expandsCorrectlyBeyondItsCapacity() {
    for (int i = 0; i < 1200; i++) {
      assertEquals(
          "https://t.example/" + i % 600 + "?s=12.50",
          expansions
              .of(postback("https://t.example/" + i % 600 + "?s={sum}", null, null))
              .expand(values())
              .url());
    }
  }

  private static ConversionMacros values() {
    return ConversionMacros.of(Samples.event("c-1"), "p1", () -> null);
  }

  private static RequestTemplate postback(
      String url, @Nullable String body, @Nullable String contentType) {
    return body == null || contentType == null
        ? RequestTemplate.get(url)
        : new RequestTemplate(HttpMethod.POST, url, new RequestBody(body, contentType));
  }
}
