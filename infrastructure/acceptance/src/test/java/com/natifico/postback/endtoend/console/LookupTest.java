package com.natifico.postback.endtoend.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import com.natifico.postback.endtoend.console.ConsoleTests.Visitors;
import com.natifico.postback.endtoend.console.ConsoleWorld.Affiliate;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** One field finds a conversion by each of its ids. */
@ConsoleTests
final class LookupTest {
  private static final String FIELD = "Click, conversion, transaction or delivery id";

  private final ConsoleWorld world;
  private final Affiliate affiliate;
  private final Visitor partner;

  LookupTest(ConsoleWorld world, Visitors visitors) {
    this.world = world;
    this.affiliate = world.affiliate();
    this.partner = visitors.as(affiliate);
  }

  private String deliver(String conversion) {
    world.postback(
        affiliate,
        "{\"label\": \"Mine\", \"url\": \""
            + world.tracker().url("/" + affiliate.id() + "/found?c={ref_id}")
            + "\"}");
    world.push(affiliate, conversion, "1042");
    await().atMost(Duration.ofSeconds(20)).until(() -> deliveries().size() == 1);
    return deliveries().get(0).path("delivery_id").asText();
  }

  private JsonNode deliveries() {
    return world
        .api()
        .get(affiliate.key(), "/v1/affiliates/me/deliveries?state=delivered")
        .json()
        .path("items");
  }

  private void lookUp(String id) {
    partner.field(FIELD).fill(id);
    partner.field(FIELD).press("Enter");
  }

  @Test
  void whyNotKnowsWhichIdItIs() {
    String delivery = deliver("look-1");
    partner.openPage("Why not?");

    lookUp("w8J3kUG5");
    partner.sees("Found by the click id.");
    partner.sees("Conversion look-1");
    lookUp("look-1");
    partner.sees("Found by the conversion id");
    lookUp(delivery);
    partner.sees("Found by the id of a delivery.");
    lookUp(delivery.substring(0, delivery.indexOf('.')));
    partner.sees("Found by the id of an event.");

    Locator answer = partner.page().locator(".answer");
    assertThat(answer).containsText("Pushed by the network");
    assertThat(answer).containsText("Offer 1042 · 12.5");
    assertThat(answer).containsText("Matching postbacksMine");
    assertThat(answer).containsText("Mine: 1 attempt");
    assertThat(answer).containsText("HTTP 200");
    assertThat(answer).containsText("Nothing. If your tracker does not show it");
    EveryPageTest.isFine(partner, "lookup");
  }

  @Test
  void theLogKnowsWhichIdItIs() {
    String delivery = deliver("look-2");
    partner.openPage("Deliveries");
    Locator row = partner.page().locator("tr.row");

    for (String id : new String[] {"w8J3kUG5", "look-2", delivery}) {
      lookUp(id);
      assertThat(row).hasCount(1);
      assertThat(row).containsText("look-2");
      lookUp("no-such-id");
      partner.sees("Nothing matches these filters");
    }
  }

  @Test
  void showsHowFarALongSearchHasComeAndContinues() {
    deliver("look-3");
    AtomicInteger answered = new AtomicInteger();
    partner
        .page()
        .route(
            url -> url.contains("/conversions?") && url.contains("ref_id"),
            route -> {
              if (answered.getAndIncrement() < 2) {
                empty(route);
              } else if (answered.get() == 3) {
                route.abort();
              } else {
                route.resume();
              }
            });
    partner.openPage("Why not?");
    lookUp("w8J3kUG5");
    partner.sees("Searched back to 1 Mar");
    partner.sees("The server cannot be reached.");
    partner.forgive();
    partner.click("Try again");
    partner.sees("Conversion look-3");
  }

  private static void empty(Route route) {
    route.fulfill(
        new Route.FulfillOptions()
            .setContentType("application/json")
            .setBody(
                """
                {"items": [], "next": "further", "searched_until": "2026-03-01T12:00:00Z"}
                """));
  }
}
