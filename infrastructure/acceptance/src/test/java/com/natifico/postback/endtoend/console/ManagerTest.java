package com.natifico.postback.endtoend.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import com.natifico.postback.endtoend.console.ConsoleTests.Visitors;
import com.natifico.postback.endtoend.console.ConsoleWorld.Affiliate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The account manager sees problems first. */
@ConsoleTests
final class ManagerTest {
  private final ConsoleWorld world;
  private final Visitor manager;

  ManagerTest(ConsoleWorld world, Visitors visitors) {
    this.world = world;
    this.manager = visitors.open().signIn("local-manager");
  }

  private void opens(Affiliate affiliate) {
    manager.field("Affiliate id").fill(affiliate.id());
    manager.click("Open");
    assertThat(manager.heading("Affiliate " + affiliate.id())).isVisible();
  }

  @Test
  void listsPausedPostbacksFirst() {
    Affiliate troubled = world.affiliate();
    Affiliate well = world.affiliate();
    world.postback(
        troubled,
        "{\"label\": \"Broken\", \"state\": \"paused\", \"url\":"
            + " \"https://t.example/?c={ref_id}\"}");
    world.postback(troubled, "{\"label\": \"Fine\", \"url\": \"https://u.example/?c={ref_id}\"}");
    world.postback(well, "{\"url\": \"https://t.example/?c={ref_id}\"}");

    opens(troubled);
    assertThat(manager.page().locator(".attention")).hasCount(1);
    assertThat(manager.page().locator(".attention")).containsText("Broken");
    manager.openPage("Affiliates");
    opens(well);
    manager.sees("No postback is paused, and nothing failed in the last 24 hours.");
    manager.openPage("Affiliates");

    Locator rows = manager.page().locator(".recent li");
    assertThat(rows.first()).containsText("1 postback paused");
    assertThat(rows.last()).containsText("All is well");
    assertEquals(
        List.of("Affiliate " + troubled.id(), "Affiliate " + well.id()),
        manager.page().locator(".recent .row-title").allInnerTexts());
  }

  @Test
  void findsWhatNeedsAttentionWithoutOpeningAnAffiliate() {
    Affiliate affiliate = world.affiliate();
    world.postback(
        affiliate,
        "{\"label\": \"Asleep\", \"state\": \"paused\", \"url\":"
            + " \"https://t.example/?c={ref_id}\"}");

    manager.page().reload();
    Locator trouble =
        manager
            .page()
            .locator(".troubles .card")
            .filter(new Locator.FilterOptions().setHasText("Affiliate " + affiliate.id()));
    assertThat(trouble).containsText("Asleep");
    assertThat(trouble).containsText("Since");
    trouble.getByRole(AriaRole.LINK).click();
    assertThat(manager.heading("Affiliate " + affiliate.id())).isVisible();
  }

  @Test
  void findsAnAffiliateByTheBeginningOfItsId() {
    Affiliate affiliate = world.affiliate();
    world.postback(affiliate, "{\"url\": \"https://t.example/?c={ref_id}\"}");

    manager.field("Affiliate id").fill(affiliate.id());
    Locator found = manager.page().locator("section .rows li");
    assertThat(manager.heading("Affiliates whose ids begin with " + affiliate.id())).isVisible();
    assertThat(found).hasCount(1);
    assertThat(found).containsText("1 postback");
    manager.field("Affiliate id").fill(affiliate.id() + "x");
    manager.sees("There is none. An affiliate appears with its first postback or conversion.");
  }

  @Test
  void explainsAGoneEndpointAndResumesIt() {
    Affiliate affiliate = world.affiliate();
    String path = "/" + affiliate.id() + "/gone";
    world.tracker().answers(path, 410);
    world.postback(
        affiliate,
        "{\"label\": \"Gone\", \"url\": \"" + world.tracker().url(path + "?c={ref_id}") + "\"}");
    world.push(affiliate, "g-1", "1042");
    manager.go("a/" + affiliate.id() + "/log");
    assertThat(manager.page().locator("tr.row")).containsText("HTTP 410");

    manager.openPage("Overview");
    manager.sees("Paused: the tracker answered 410 Gone");
    manager.click("Resume: Gone");
    manager.sees("Resumed.");
    assertThat(manager.text("Paused: the tracker answered 410 Gone")).hasCount(0);
    manager.page().getByText("See them").click();
    assertThat(manager.page().locator("tr.row")).hasCount(1);
  }

  @Test
  void refusesAnInvalidIdAtOnce() {
    manager.field("Affiliate id").fill("no id");
    manager.click("Open");
    manager.seesError("Affiliate id", "An id has up to 64 characters");
  }
}
