package com.natifico.postback.endtoend.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import com.natifico.postback.endtoend.console.ConsoleTests.Visitors;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The delivery log of an affiliate with 10,000 deliveries in a day. */
@ConsoleTests
final class DeliveryLogPageTest {
  private final ConsoleWorld world;
  private final Visitor partner;

  DeliveryLogPageTest(ConsoleWorld world, Visitors visitors) {
    this.world = world;
    partner = visitors.as(world.busy());
    partner.openPage("Deliveries");
    assertThat(rows()).hasCount(50);
  }

  private Locator rows() {
    return partner.page().locator("tr.row");
  }

  private Set<String> shown() {
    return new HashSet<>(rows().locator("td:nth-child(6)").allInnerTexts());
  }

  private static int number(String text) {
    return Integer.parseInt(text.replaceAll("\\D", ""));
  }

  @Test
  void staysFastAndCountsEveryDelivery() {
    // Paging forwards and backwards shows each delivery once.
    Set<String> first = shown();
    partner.click("Older");
    assertThat(partner.text("Page 2 · 50 deliveries")).isVisible();
    Set<String> second = shown();
    assertEquals(50, second.size());
    assertTrue(second.stream().noneMatch(first::contains));
    partner.click("Newer");
    assertThat(partner.text("Page 1 · 50 deliveries")).isVisible();
    assertEquals(first, shown());
    // The charts read some of the deliveries, and count all of them by the statistics.
    partner.sees("All deliveries are counted, without test conversions");
    Locator legend = partner.page().locator(".chart").first().locator("button.key");
    assertEquals(
        ConsoleWorld.MANY,
        legend.allInnerTexts().stream().mapToInt(DeliveryLogPageTest::number).sum());
    assertThat(partner.page().locator(".chart").first()).containsText("Success rate");
    partner.click("Read all");
    assertThat(partner.text("All deliveries are counted")).hasCount(0);
    assertThat(partner.text("Counting…")).hasCount(0);

    // The table shows the same data as the chart.
    partner.page().getByText("As a table").first().click();
    Locator cells = partner.page().locator(".as-table").first().locator("tbody td");
    assertEquals(
        ConsoleWorld.MANY,
        cells.allInnerTexts().stream().mapToInt(DeliveryLogPageTest::number).sum());
    assertThat(partner.page().locator(".chart").nth(1)).containsText("95th percentile");
    assertThat(partner.page().locator(".reasons")).containsText("Timeout");

    // Selecting a column filters by its time, with the mouse and the keyboard.
    Locator column = partner.page().locator(".chart").first().locator("rect.hit").nth(3);
    String period = column.getAttribute("aria-label").split(": ", 2)[0];
    column.focus();
    partner.page().keyboard().press("Enter");
    assertThat(partner.field("Period")).hasValue("custom");
    assertThat(partner.page().locator("rect.hit").first()).isVisible();
    assertTrue(period.contains("–"), period);
    partner.page().goBack();
    assertThat(partner.field("Period")).hasValue("24h");
  }

  /** The newest 200 failures are read, and there are more. */
  @Test
  void theOverviewCountsEveryFailure() {
    partner.openPage("Overview");
    Locator failed = partner.text("failed in the last 24 hours.");
    assertThat(failed).hasCount(2);
    int shown =
        failed.allInnerTexts().stream()
            .map(text -> text.replaceFirst(" .*", ""))
            .mapToInt(DeliveryLogPageTest::number)
            .sum();
    int counted = world.counted(world.busy(), "failed");
    assertTrue(counted > 200, () -> counted + " failures");
    assertEquals(counted, shown);
  }

  @Test
  void changesThePageNumberOnlyWhenThePageIsLoaded() {
    Set<String> first = shown();
    List<Route> held = new ArrayList<>();
    partner.page().route(url -> url.contains("cursor="), held::add);
    partner.click("Older");
    partner.page().waitForCondition(() -> !held.isEmpty());
    assertThat(partner.text("Page 2 ·")).hasCount(0);
    partner.page().unrouteAll();
    held.forEach(Route::resume);
    assertThat(partner.text("Page 2 · 50 deliveries")).isVisible();
    assertTrue(shown().stream().noneMatch(first::contains));
  }

  @Test
  void filtersDeliveries() {
    partner.click("Failed");
    assertThat(rows().filter(with("Delivered"))).hasCount(0);
    assertThat(rows().filter(with("Failed"))).hasCount(50);
    partner.click("Retrying");
    assertThat(rows().filter(with("Failed"))).hasCount(0);
    rows().filter(with("Retrying")).first().click();
    partner.sees("An attempt failed; it will be retried automatically.");
    partner.sees(
        "The host did not accept the connection. Is the tracker up, and is the port correct?");
    partner.sees("Next attempt");
    partner.click("Clear filters");
    partner.field("Click, conversion, transaction or delivery id").fill("c-19999");
    partner.field("Click, conversion, transaction or delivery id").press("Enter");
    partner.sees("Nothing matches these filters");
    partner.click("Clear filters");
    assertThat(rows()).hasCount(50);
    partner.field("Offer").fill("9999");
    partner.field("Offer").press("Enter");
    partner.sees("Nothing matches these filters");
    partner.field("Offer").fill("not an id");
    partner.field("Offer").press("Enter");
    partner.sees("These filters cannot be used:");
  }

  private static Locator.FilterOptions with(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }
}
