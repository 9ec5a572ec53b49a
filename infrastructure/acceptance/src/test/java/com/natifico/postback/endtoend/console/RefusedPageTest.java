package com.natifico.postback.endtoend.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.natifico.postback.endtoend.Api;
import com.natifico.postback.endtoend.console.ConsoleTests.Visitors;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The account manager finds out what was refused of a network's pushes. */
@ConsoleTests
final class RefusedPageTest {
  private final Api api;
  private final Visitors visitors;
  private final String label = "Acme " + UUID.randomUUID().toString().substring(0, 8);
  private final String key;
  private final String keyId;

  RefusedPageTest(ConsoleWorld world, Visitors visitors) {
    this.api = world.api();
    this.visitors = visitors;
    JsonNode made =
        api.post("local-admin", "/v1/keys", "{\"role\":\"network\",\"label\":\"" + label + "\"}")
            .json();
    key = made.path("key").asText();
    keyId = made.path("key_id").asText();
  }

  private Visitor manager() {
    return visitors.open().signIn("local-manager");
  }

  private static Locator cards(Visitor manager) {
    return manager.page().locator(".refused article");
  }

  @Test
  void showsEachRefusedPushWithWhatIsWrongAndWhatWasPushed() {
    api.post(key, "/v1/conversions", "{\"conversion_id\":\"<b>c-1</b>\",\"sum\":\"12,50\"}");
    api.get("", "/v1/conversions/postback?conversion_id=c-1&secure=" + key);
    String large = "{\"conversion_id\":\"" + "x".repeat(3_000) + "\"}";
    api.post(key, "/v1/conversions/batch", "{\"conversions\":[" + large + "]}");
    Visitor manager = manager();
    manager.openPage("What was refused");
    manager.button("Key " + label).first().click();
    manager.sees("Only of the key " + label);

    assertThat(cards(manager)).hasCount(3);
    Locator batch = cards(manager).first();
    assertThat(batch).containsText("Batch");
    assertThat(batch).containsText("HTTP 422");
    assertThat(batch.locator(".snippet")).containsText("xxx");
    assertThat(batch.locator(".snippet")).containsText("… (cut)");
    assertThat(cards(manager).nth(1).locator(".snippet")).hasText("conversion_id=c-1&secure=[key]");
    Locator single = cards(manager).last();
    assertThat(single.locator(".snippet"))
        .hasText("{\"conversion_id\":\"<b>c-1</b>\",\"sum\":\"12,50\"}");
    assertThat(single).containsText("fields are invalid");
    assertThat(single.locator(".reasons")).containsText("sum");
    EveryPageTest.isFine(manager, "refused-of-a-key");

    manager.click("Show all keys");
    assertThat(manager.button("Show all keys")).hasCount(0);
  }

  @Test
  void countsWhatWasNotKeptAndLoadsMore() {
    String items =
        IntStream.range(0, 100)
            .mapToObj(i -> "{\"sum\":" + i + "}")
            .collect(Collectors.joining(","));
    Api.Answer answer = api.post(key, "/v1/conversions/batch", "{\"conversions\":[" + items + "]}");
    assertEquals(200, answer.status());
    Visitor manager = manager().go("refused?key_id=" + keyId);
    manager.sees("70 more were refused in this time.");
    assertThat(cards(manager)).hasCount(30);
    assertThat(manager.button("Load more")).hasCount(0);

    manager
        .page()
        .route(
            url -> url.contains("/v1/pushes?") && !url.contains("limit=7"),
            route -> {
              String url = route.request().url().replace("limit=50", "limit=7");
              route.fulfill(
                  new com.microsoft.playwright.Route.FulfillOptions()
                      .setContentType("application/json")
                      .setBody(
                          api.get("local-manager", url.substring(url.indexOf("/v1/")))
                              .response()
                              .body()));
            });
    manager.page().reload();
    assertThat(cards(manager)).hasCount(7);
    manager.click("Load more");
    assertThat(cards(manager)).hasCount(14);
    manager.click("Load more");
    manager.click("Load more");
    manager.click("Load more");
    assertThat(cards(manager)).hasCount(30);
    assertThat(manager.button("Load more")).hasCount(0);
    manager.sees("70 more were refused in this time.");
  }

  @Test
  void saysThatNothingWasRefused() {
    Visitor manager = manager().go("refused?key_id=" + keyId);
    manager.sees("Nothing was refused");
  }

  @Test
  void anAffiliateHasNoSuchPage() {
    Visitor partner = visitors.open().signIn("local-affiliate-77");
    assertThat(partner.text("What was refused")).hasCount(0);
    partner.go("refused");
    partner.sees("There is nothing at this address.");
  }
}
