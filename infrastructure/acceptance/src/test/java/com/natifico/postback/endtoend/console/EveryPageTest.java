package com.natifico.postback.endtoend.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import com.natifico.postback.endtoend.Api;
import com.natifico.postback.endtoend.console.ConsoleTests.Visitors;
import com.natifico.postback.endtoend.console.ConsoleWorld.Affiliate;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Checks every page in light and dark mode and on a phone: axe reports no violation, and nothing
 * overflows the screen. Also takes the README's screenshots; {@code -Dscreenshots=keep} saves them.
 */
@ConsoleTests
final class EveryPageTest {
  private static final int WIDTH = 1280;
  private static final int HEIGHT = 860;
  private static final int PHONE_WIDTH = 360;
  private static final int PHONE_HEIGHT = 740;

  /** The entries of the menu that are wider than their place. */
  private static final String WORDS_THAT_OVERLAP =
      """
      [...document.querySelectorAll("nav a")]
        .filter((link) => link.scrollWidth > link.clientWidth)
        .map((link) => link.textContent)
      """;

  private final ConsoleWorld world;
  private final Visitors visitors;

  EveryPageTest(ConsoleWorld world, Visitors visitors) {
    this.world = world;
    this.visitors = visitors;
  }

  static void isFine(Visitor visitor, String name) {
    isFine(visitor, name, visitor.page().locator("body"));
  }

  /**
   * @param shown at the top of the screenshots
   */
  private static void isFine(Visitor visitor, String name, Locator shown) {
    Page page = visitor.page();
    // Disables animations, so that elements are visible at once.
    page.emulateMedia(
        new Page.EmulateMediaOptions()
            .setReducedMotion(com.microsoft.playwright.options.ReducedMotion.REDUCE));
    page.setViewportSize(PHONE_WIDTH, PHONE_HEIGHT);
    assertEquals(PHONE_WIDTH, page.evaluate("document.documentElement.scrollWidth"), name);
    assertEquals(List.of(), page.evaluate(WORDS_THAT_OVERLAP), name);
    take(page, name + "-phone", shown);
    page.setViewportSize(WIDTH, HEIGHT);
    assertEquals(WIDTH, page.evaluate("document.documentElement.scrollWidth"), name);
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
    assertEquals(List.of(), Axe.faultsOfContrast(page), name + " in the dark");
    take(page, name + "-dark", shown);
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
    take(page, name + "-light", shown);
    assertEquals(List.of(), Axe.faults(page), name);
  }

  private static final List<String> KEPT =
      List.of(
          "overview-light",
          "editor-light",
          "editor-dark",
          "recent-light",
          "compare-light",
          "compare-dark",
          "log-light",
          "log-dark",
          "log-phone",
          "test-light",
          "why-light");

  private static void take(Page page, String name, Locator shown) {
    if (KEPT.contains(name)) {
      shown.evaluate("(element) => element.scrollIntoView()");
      boolean keep = "keep".equals(System.getProperty("screenshots"));
      Path folder =
          keep
              ? Path.of(System.getProperty("project.root"), "infrastructure/acceptance/screenshots")
              : Path.of("target", "screenshots");
      page.screenshot(new Page.ScreenshotOptions().setPath(folder.resolve(name + ".png")));
    }
  }

  @Test
  void signingIn() {
    Visitor visitor = visitors.open().go("");
    visitor.click("Sign in");
    visitor.sees("Enter your key.");
    isFine(visitor, "sign-in");
  }

  @Test
  void overview() {
    Visitor partner = visitors.as(world.usual());
    partner.sees("in the last 24 hours");
    assertThat(partner.page().locator("rect.hit").first()).isVisible();
    isFine(partner, "overview");
  }

  @Test
  void offersAndTheEditor() {
    Visitor partner = visitors.as(world.usual());
    partner.openPage("Your Postback");
    partner.sees("Offer 1042");
    isFine(partner, "offers");
    partner.page().getByText("Offer 1042").click();
    partner.click("+ Add postback");
    partner.field("Your tracker").selectOption("Keitaro");
    partner.field("Replace DOMAIN").fill("track.example.net");
    partner.field("Replace KEY").fill("8b5d1fa");
    assertThat(partner.page().locator(".expanded")).containsText("track.example.net/8b5d1fa");
    assertThat(partner.button("Insert {ref_id}")).isVisible();
    isFine(partner, "editor");
    partner.page().getByText("More settings").click();
    partner.field("Postback URL").fill("http://track.example.net/?c={Ref-ID}");
    partner.field("Method").selectOption("POST");
    partner.click("Save");
    partner.seesError("Postback URL", "There is no macro {Ref-ID}");
    isFine(partner, "errors");
  }

  @Test
  void theEditorWithWhatWouldHaveBeenSent() {
    Affiliate affiliate = world.affiliate();
    String path = "/" + affiliate.id() + "/postback";
    world.postback(
        affiliate,
        "{\"label\": \"Keitaro\", \"url\": \""
            + world.tracker().url(path + "?subid={ref_id}&payout={sum}&sub1={os}")
            + "\"}");
    world.push(affiliate, "c-81f2", "1042");
    Visitor partner = visitors.as(affiliate);
    partner.page().waitForCondition(() -> world.tracker().received(path).size() == 1);
    world.postback(
        affiliate, "{\"offer_id\": \"7\", \"url\": \"" + world.tracker().url(path) + "\"}");
    world.push(affiliate, "c-81f3", "7");
    partner.page().waitForCondition(() -> world.tracker().received(path).size() == 2);
    partner.go("profile");
    partner.click("Edit: Keitaro");
    partner
        .field("Postback URL")
        .fill(world.tracker().url(path + "?subid={ref_id}&revenue={sum}&sub1=os-{os}"));
    partner.click("What would it have sent?");
    partner.sees("2 recent conversions: 1 different, 0 newly sent, 0 no longer sent.");
    partner.sees("Not sent, as before");
    isFine(partner, "recent", partner.page().locator(".recent"));
  }

  @Test
  void comparingAnExport() {
    Affiliate affiliate = world.affiliate();
    String path = "/" + affiliate.id() + "/postback";
    world.postback(
        affiliate,
        "{\"label\": \"Keitaro\", \"url\": \""
            + world.tracker().url(path + "?subid={ref_id}&tid={conversion_id}&payout={sum}")
            + "\"}");
    List<String> ids = List.of("c-81f2", "c-81f3", "c-81f4", "c-81f5");
    ids.forEach(id -> world.push(affiliate, id, "1042"));
    Visitor partner = visitors.as(affiliate);
    partner.page().waitForCondition(() -> world.tracker().received(path).size() == ids.size());
    partner.openPage("Compare");
    partner
        .page()
        .locator("input[type=file]")
        .setInputFiles(
            new FilePayload(
                "export.csv",
                "text/csv",
                """
                tid;status;revenue
                c-81f2;sale;12.5
                c-81f4;sale;10
                c-81f5;sale;12.5
                c-81f5;sale;12.5
                c-90aa;sale;3
                """
                    .getBytes(UTF_8)));
    partner.click("Compare");
    partner.sees("1 agree, 1 missing, 1 double, 1 different, 1 only in your tracker.");
    isFine(partner, "compare", partner.text("1 agree, 1 missing"));
  }

  @Test
  void theLogWithItsDialog() {
    Visitor partner = visitors.as(world.usual());
    partner.openPage("Deliveries");
    assertThat(partner.page().locator("rect.hit").first()).isVisible();
    partner.page().locator("tr.row").filter(retrying()).first().click();
    partner.sees("Next attempt");
    partner.page().getByText("As a table").first().click();
    isFine(partner, "log-open");
    partner.page().getByText("As a table").first().click();
    partner.page().evaluate("scrollTo(0, 0)");
    isFine(partner, "log");
    partner.click("Resend a period…");
    assertThat(partner.page().locator("dialog")).isVisible();
    isFine(partner, "resend");
    partner.page().keyboard().press("Escape");
    assertThat(partner.page().locator("dialog")).hasCount(0);
    assertFalse(partner.button("Clear filters").isVisible());
  }

  private static Locator.FilterOptions retrying() {
    return new Locator.FilterOptions().setHasText("Retrying");
  }

  @Test
  void aTestConversionAndItsExplanation() {
    Affiliate affiliate = world.affiliate();
    String url = world.tracker().url("/" + affiliate.id() + "/");
    world.postback(
        affiliate,
        "{\"label\": \"Voluum\", \"offer_id\": \"1042\", \"url\": \""
            + url
            + "postback?cid={ref_id}&payout={sum}&txid={conversion_id}\"}");
    world.postback(
        affiliate,
        "{\"label\": \"Own statistics\", \"offer_id\": \"1042\", \"goals\": [\"sale\"], \"url\": \""
            + url
            + "statistics?click={ref_id}&os={os}\"}");
    world.postback(
        affiliate, "{\"label\": \"All offers\", \"url\": \"" + url + "all?click={ref_id}\"}");
    Visitor partner = visitors.as(affiliate).go("offers/1042");
    partner.sees("Silent where one of this offer’s postbacks matches");
    isFine(partner, "offer");
    partner.click("Test conversion");
    partner.click("Send test conversion");
    partner.sees("1 callback sent, and its answer:");
    isFine(partner, "test");

    world.push(affiliate, "c-81f2", "1042");
    partner.go("why/c-81f2");
    partner.sees("Your tracker got it.");
    partner.click("Show the attempts");
    partner.sees("Answer of the tracker");
    isFine(partner, "why");
    partner.go("profile");
    partner.sees("All offers");
    partner.click("Delete: All offers");
    partner.sees("“All offers” is deleted in a few seconds.");
    isFine(partner, "profile");
    partner.click("Undo");
    partner.go("nowhere");
    partner.sees("There is nothing at this address.");
    isFine(partner, "nowhere");
  }

  @Test
  void theManagersPages() {
    Visitor manager = visitors.open().signIn("local-manager");
    manager.field("Affiliate id").fill(world.usual().id());
    manager.click("Open");
    manager.sees("Needs attention");
    manager.openPage("Affiliates");
    manager.sees("failed in 24 h");
    isFine(manager, "affiliates");
    Api.Answer refused =
        world
            .api()
            .post(
                "local-network",
                "/v1/conversions",
                "{\"conversion_id\":\"c-1\",\"sum\":\"12,50\",\"ref_id\":\"w8J3kUG5\"}");
    assertEquals(422, refused.status());
    manager.openPage("What was refused");
    manager.sees("fields are invalid");
    isFine(manager, "refused");
  }
}
