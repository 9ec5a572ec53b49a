package com.natifico.postback.endtoend.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.FilePayload;
import com.natifico.postback.endtoend.Api;
import com.natifico.postback.endtoend.console.ConsoleTests.Visitors;
import com.natifico.postback.endtoend.console.ConsoleWorld.Affiliate;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** The comparison of a tracker's export with the delivery log. */
@ConsoleTests
final class CompareTest {
  /** Puts a generated export of 100,000 rows into the page as if the user had chosen it. */
  private static final String CHOOSE_MANY =
      """
      () => {
        window.gaps = [];
        new PerformanceObserver((list) => list.getEntries().forEach((one) => window.gaps.push(one.duration)))
          .observe({ type: "longtask" });
        window.shares = new Set();
        new MutationObserver(() => {
          const bar = document.querySelector("progress");
          if (bar) window.shares.add(`${bar.getAttribute("aria-label")} ${bar.value.toFixed(2)}`);
        }).observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
        const lines = ["Click ID,Transaction ID,Payout,Status,Time"];
        const today = new Date(Date.now() - 6e5).toISOString();
        for (let i = 0; i < 100000; i++) lines.push(`click-${i},c-${10000 + i},12.50,approved,${today}`);
        const transfer = new DataTransfer();
        transfer.items.add(new File([lines.join("\\r\\n")], "many.csv", { type: "text/csv" }));
        const input = document.querySelector("input[type=file]");
        input.files = transfer.files;
        input.dispatchEvent(new Event("change", { bubbles: true }));
      }
      """;

  /**
   * The longest that the page may not react, in milliseconds. Five times as long as a task takes
   * here, because a busy machine also interrupts the page; that it works in many pieces is shown by
   * the shares.
   */
  private static final double LONGEST_TASK = 3_000;

  /** The 10,000 deliveries of the log are more than a hundred requests, in milliseconds. */
  private static final double LOADING = 120_000;

  private final ConsoleWorld world;
  private final Visitors visitors;

  CompareTest(ConsoleWorld world, Visitors visitors) {
    this.world = world;
    this.visitors = visitors;
  }

  private void push(Affiliate affiliate, String conversionId, String sum) {
    Api.Answer answer =
        world
            .api()
            .post(
                "local-network",
                "/v1/conversions",
                """
                {"conversion_id": "%s", "affiliate_id": "%s", "offer_id": "1042", "status": "approved",
                 "ref_id": "click-%s", "sum": %s, "currency": "EUR"}
                """
                    .formatted(conversionId, affiliate.id(), conversionId, sum));
    Assertions.assertEquals(202, answer.status(), answer.json()::toString);
  }

  private static void choose(Visitor partner, String csv) {
    partner
        .page()
        .locator("input[type=file]")
        .setInputFiles(new FilePayload("export.csv", "text/csv", csv.getBytes(UTF_8)));
  }

  private static Locator part(Visitor partner, String title) {
    return partner.page().locator("section[aria-label='" + title + "']");
  }

  @Test
  void findsWhatIsWrongAndSendsWhatIsMissing() {
    Affiliate affiliate = world.affiliate();
    push(affiliate, "early", "7");
    String path = "/" + affiliate.id() + "/postback";
    world.postback(
        affiliate,
        "{\"label\": \"Keitaro\", \"url\": \""
            + world.tracker().url(path + "?subid={ref_id}&tid={conversion_id}&payout={sum}")
            + "\"}");
    for (String id : List.of("good", "lost", "twice", "cheap", "refused")) {
      push(affiliate, id, "12.50");
    }
    Visitor partner = visitors.as(affiliate);
    partner.page().waitForCondition(() -> world.tracker().received(path).size() == 5);

    partner.openPage("Compare");
    partner.sees("nothing of it is uploaded");
    choose(
        partner,
        """
        sub_id;tid;status;revenue
        click-good;good;sale;12.5
        click-twice;twice;sale;12.5
        click-twice;twice;sale;12.5
        click-cheap;cheap;sale;10
        click-refused;refused;rejected;0
        click-strange;strange;sale;1
        """);
    partner.sees("6 conversions in the file.");
    assertThat(partner.field("Transaction id")).hasValue("1");
    partner.click("Compare");
    partner.sees("1 agree, 2 missing, 1 double, 2 different, 1 only in your tracker.");
    Locator missing = part(partner, "Missing in your tracker");
    assertThat(missing.locator("li")).hasCount(2);
    assertThat(missing.locator("li").filter(with("lost")))
        .containsText("The tracker accepted it. 1 attempt, the last answer: HTTP 200.");
    assertThat(missing.locator("li").filter(with("early")))
        .containsText("No postback of this tracker existed when it came.");
    assertThat(part(partner, "Double in your tracker").locator("li"))
        .containsText("2 rows in the export, 1 event sent.");
    Locator different = part(partner, "Different payout or status");
    assertThat(different.locator("li").filter(with("cheap")))
        .containsText("Payout: 12.50 EUR here, 10 in your tracker.");
    assertThat(different.locator("li").filter(with("refused")))
        .containsText("Status: Approved here, rejected in your tracker.");
    assertThat(part(partner, "Only in your tracker").locator("li")).containsText("strange");
    EveryPageTest.isFine(partner, "compared");

    partner.click("Send what is missing");
    partner.sees("1 resent, and 1 sent for the first time.");
    partner.page().waitForCondition(() -> world.tracker().received(path).size() == 7);
    assertEquals(
        List.of("subid=click-early&tid=early&payout=7", "subid=click-lost&tid=lost&payout=12.50"),
        world.tracker().received(path).stream().skip(5).map(one -> one.query()).sorted().toList());
    assertEquals(
        7,
        world.tracker().received(path).stream()
            .map(one -> one.headers().get("webhook-id"))
            .distinct()
            .count(),
        "a receiver that drops repeats takes what was missing");
  }

  private static Locator.FilterOptions with(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }

  @Test
  void correctsTheColumns() {
    Affiliate affiliate = world.affiliate();
    world.postback(
        affiliate, "{\"url\": \"" + world.tracker().url("/" + affiliate.id() + "/p") + "\"}");
    push(affiliate, "one", "12.50");
    Visitor partner = visitors.as(affiliate);
    partner
        .page()
        .waitForCondition(() -> world.tracker().received("/" + affiliate.id() + "/p").size() == 1);
    partner.openPage("Compare");
    choose(partner, "A,B,C\nclick-one,12.5,x\n");
    partner.sees("Choose the column of the click id");
    partner.field("Click id").selectOption("A");
    partner.field("Payout").selectOption("B");
    partner.sees("For instance 12.5");
    partner.click("Compare");
    partner.sees("1 agree, 0 missing, 0 double, 0 different, 0 only in your tracker.");
    choose(partner, "");
    partner.sees("There are no rows in this file");
  }

  @Test
  void staysResponsiveWithAHundredThousandRows() {
    Visitor partner = visitors.as(world.busy());
    Page page = partner.page();
    partner.openPage("Compare");
    page.waitForSelector("input[type=file]");
    page.evaluate(CHOOSE_MANY);
    partner.sees("100,000 conversions in the file.");
    partner.field("Tracker").selectOption("track.example.net");
    partner.field("From").fill(berlin(-2));
    partner.click("Compare");
    // Half of the log's 10,000 deliveries belong to this host.
    assertThat(
            partner.text(
                "5,000 agree, 0 missing, 0 double, 0 different, 95,000 only in your tracker."))
        .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(LOADING));
    List<?> gaps = (List<?>) page.evaluate("window.gaps");
    double longest = gaps.stream().mapToDouble(gap -> ((Number) gap).doubleValue()).max().orElse(0);
    assertTrue(longest < LONGEST_TASK, longest + " ms");
    List<?> shares = (List<?>) page.evaluate("[...window.shares]");
    for (String step : List.of("Reading the file", "Reading the delivery log", "Comparing")) {
      assertTrue(
          shares.stream().filter(share -> share.toString().startsWith(step)).count() > 1,
          shares::toString);
    }
    partner.click("Show more (94,950)");
    assertThat(part(partner, "Only in your tracker").locator("li")).hasCount(550);
  }

  /** The start of a day, in the time zone of the visitor. */
  private static String berlin(int days) {
    return LocalDate.now(ZoneId.of("Europe/Berlin")).plusDays(days) + "T00:00";
  }
}
