package com.natifico.postback.endtoend.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.natifico.postback.endtoend.console.ConsoleTests.Visitors;
import com.natifico.postback.endtoend.console.ConsoleWorld.Affiliate;
import org.junit.jupiter.api.Test;

/** The page Notifications. */
@ConsoleTests
final class NotificationsPageTest {
  private final ConsoleWorld world;
  private final Visitors visitors;

  NotificationsPageTest(ConsoleWorld world, Visitors visitors) {
    this.world = world;
    this.visitors = visitors;
  }

  private JsonNode stored(Affiliate affiliate) {
    return world
        .api()
        .get("local-manager", "/v1/affiliates/" + affiliate.id() + "/notifications")
        .json()
        .path("items");
  }

  @Test
  void addsPausesAndDeletesATelegramNotification() {
    Affiliate affiliate = world.affiliate();
    Visitor partner = visitors.as(affiliate);
    partner.openPage("Notifications");
    partner.sees("There are no notifications yet.");

    partner.click("Add a notification");
    partner.field("Where it is sent").selectOption("telegram");
    partner.field("TOKEN").fill("110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw");
    partner.field("CHAT").fill("-1001234567890");
    EveryPageTest.isFine(partner, "notifications-adding");
    partner.click("Save");
    partner.sees("Saved.");

    JsonNode notification = stored(affiliate).path(0);
    assertEquals("Telegram", notification.path("label").asText());
    assertEquals("[\"token\"]", notification.path("secrets").toString());
    assertEquals(
        "[\"paused\",\"failing\",\"recovered\",\"exhausted\"]",
        notification.path("events").toString());
    assertFalse(notification.toString().contains("AAHdq"));
    EveryPageTest.isFine(partner, "notifications");

    partner.click("Pause: Telegram");
    partner.sees("It is paused.");
    assertEquals("paused", stored(affiliate).path(0).path("state").asText());
    partner.click("Delete: Telegram");
    partner.sees("There are no notifications yet.");
    assertEquals(0, stored(affiliate).size());
  }

  @Test
  void showsWhatIsWrongAndHowToCorrectIt() {
    Affiliate affiliate = world.affiliate();
    Visitor partner = visitors.as(affiliate);
    partner.openPage("Notifications");

    partner.click("Add a notification");
    partner.field("URL").fill("https://relay.example/?p={postbackid}");
    partner.click("Save");
    partner.click("Use {postback_id}");
    assertThat(partner.field("URL")).hasValue("https://relay.example/?p={postback_id}");
    partner.click("Save");

    partner.sees("Saved.");
    assertEquals(1, stored(affiliate).size());
  }
}
