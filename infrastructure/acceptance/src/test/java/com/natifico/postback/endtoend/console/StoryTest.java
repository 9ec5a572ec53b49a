package com.natifico.postback.endtoend.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import com.natifico.postback.endtoend.TestTracker.Received;
import com.natifico.postback.endtoend.console.ConsoleTests.Visitors;
import com.natifico.postback.endtoend.console.ConsoleWorld.Affiliate;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The main use of the console with a mouse, from the first postback to the last callback. */
@ConsoleTests
final class StoryTest {
  private final ConsoleWorld world;
  private final Visitors visitors;
  private final Affiliate affiliate;
  private final String path;

  StoryTest(ConsoleWorld world, Visitors visitors) {
    this.world = world;
    this.visitors = visitors;
    this.affiliate = world.affiliate();
    this.path = "/" + affiliate.id();
  }

  private static void insert(Visitor visitor, String search, String macro) {
    visitor.field(visitor.says("macros.search")).fill(search);
    visitor.click(visitor.says("macros.insert", macro));
  }

  private static void save(Visitor visitor) {
    visitor.click(visitor.says("common.save"));
    visitor.sees(visitor.says("postback.saved"));
  }

  private static Locator card(Visitor visitor, String name) {
    return visitor
        .page()
        .getByRole(
            AriaRole.ARTICLE, new com.microsoft.playwright.Page.GetByRoleOptions().setName(name));
  }

  private List<Received> received(String name, int count) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> world.tracker().received(path + name).size() >= count);
    return world.tracker().received(path + name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"en-GB", "ru"})
  void anAffiliateReceivesItsConversions(String language) {
    Visitor partner = visitors.speaking(language).signIn(affiliate.key());
    String url = partner.says("editor.url");
    String name = partner.says("editor.label");

    // The offer's own postback, built from the list of macros.
    partner.openPage(partner.says("nav.offers"));
    partner.field(partner.says("offers.id")).fill("1042");
    partner.click(partner.says("offers.open"));
    partner.click(partner.says("postback.add"));
    partner.field(url).pressSequentially(world.tracker().url(path + "/one?click="));
    insert(partner, "click id", "ref_id");
    partner.field(url).pressSequentially("&payout=");
    insert(partner, "payout", "sum");
    partner.field(url).pressSequentially("&city=");
    insert(partner, "city", "city");
    assertEquals(
        world.tracker().url(path + "/one?click={ref_id}&payout={sum}&city={city}"),
        partner.field(url).inputValue());
    partner.sees("/one?click=");
    assertThat(partner.page().locator(".expanded"))
        .hasText(world.tracker().url(path + "/one?click=w8J3kUG5&payout=12.50&city=Berlin"));
    partner.field(name).fill("Main tracker");
    save(partner);

    // A second postback on the same offer, and a global one in the profile.
    partner.click(partner.says("postback.add"));
    partner.field(url).fill(world.tracker().url(path + "/two?click={ref_id}&os={os}"));
    partner.field(name).fill("Statistics");
    save(partner);
    partner.openPage(partner.says("nav.profile"));
    partner.click(partner.says("postback.add"));
    partner.field(url).fill(world.tracker().url(path + "/all?click={ref_id}&on={date}"));
    partner.field(name).fill("Everything");
    save(partner);

    // The account manager sends a test conversion.
    Visitor manager = visitors.speaking(language).signIn("local-manager");
    manager.field(manager.says("affiliates.id")).fill(affiliate.id());
    manager.click(manager.says("affiliates.open"));
    manager.openPage(manager.says("nav.offers"));
    manager
        .page()
        .getByRole(AriaRole.LINK)
        .filter(with(manager.says("common.offer", "1042")))
        .click();
    manager.click(manager.says("test.button"));
    manager.click(manager.says("test.send"));
    manager.sees(manager.says("test.complete", 2));
    Locator report = manager.page().locator(".report");
    assertThat(report).containsText("/one?click=w8J3kUG5&payout=12.50&city=Berlin");
    assertThat(report.getByText("HTTP 200")).hasCount(2);
    assertThat(report).containsText(manager.says("skipped.replaced_by_offer_postback"));
    received("/one", 1);

    // The network pushes, and the affiliate's page updates without any action.
    partner.openPage(partner.says("nav.log"));
    partner.sees("test-");
    world.push(affiliate, "c-1", "1042");
    world.push(affiliate, "c-2", "2000");
    assertThat(partner.page().locator("tr.row").filter(with("c-1"))).hasCount(2);
    assertThat(partner.page().locator("tr.row").filter(with("c-2"))).containsText("Everything");
    assertEquals(
        "click=w8J3kUG5&payout=12.50&city=K%C3%B6ln", received("/one", 2).getLast().query());
    assertEquals("click=w8J3kUG5&os=Android", received("/two", 2).getLast().query());
    assertTrue(received("/all", 1).getLast().query().startsWith("click=w8J3kUG5&on=20"));

    // The page explains why the global postback was not called.
    partner.openPage(partner.says("nav.why"));
    partner.field(partner.says("lookup.id")).fill("c-1");
    partner.click(partner.says("why.submit"));
    partner.sees(partner.says("why.summary.delivered"));
    partner.sees(partner.says("skipped.replaced_by_offer_postback"));
  }

  private static Locator.FilterOptions with(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }

  /** Types into the field as soon as it exists, before the browser has painted it. */
  @Test
  void keepsTextTypedAtOnce() {
    Visitor partner = visitors.as(affiliate);

    Object typed =
        partner
            .page()
            .evaluate(
                """
                () => new Promise((done) => {
                  new MutationObserver((_, observer) => {
                    const field = document.querySelector("main input.mono");
                    if (field === null) return;
                    observer.disconnect();
                    field.value = "c-1";
                    field.dispatchEvent(new Event("input", { bubbles: true }));
                    requestAnimationFrame(() => setTimeout(() => done(field.value), 500));
                  }).observe(document.body, { childList: true, subtree: true });
                  const links = [...document.querySelectorAll("nav a")];
                  links.find((link) => link.textContent.trim() === "Why not?").click();
                })
                """);

    assertEquals("c-1", typed);
  }

  /** Reads the cursor before the next frame, because a user may continue typing at once. */
  @Test
  void listsEveryMacroButOnlyTheFirstOfANumberedFamily() {
    Visitor partner = visitors.as(affiliate);
    partner.openPage("Global postbacks");
    partner.click("+ Add postback");

    partner.button("Insert {ttclid}").waitFor();
    assertEquals(1, partner.button("Insert {email_sha256}").count());
    assertEquals(1, partner.button("Insert {sub1}").count());
    assertEquals(0, partner.button("Insert {sub2}").count());
  }

  @Test
  void movesTheCursorAfterAnInsertedMacroAtOnce() {
    Visitor partner = visitors.as(affiliate);
    partner.openPage("Global postbacks");
    partner.click("+ Add postback");
    partner.field("Postback URL").fill("https://t.example/?c=");
    partner.field("Search macros and filters").fill("click id");

    Object focusAndCursor =
        partner
            .button("Insert {ref_id}")
            .evaluate(
                """
                async (button) => {
                  button.click();
                  for (let i = 0; i < 10; i++) await null;
                  const field = document.activeElement;
                  return field.value + " " + field.selectionStart;
                }
                """);

    assertEquals("https://t.example/?c={ref_id} 29", focusAndCursor);
  }

  @ParameterizedTest
  @ValueSource(strings = {"en-GB", "ru"})
  void resendsWhatAPauseHeld(String language) {
    world.postback(
        affiliate,
        "{\"label\": \"Mine\", \"url\": \""
            + world.tracker().url(path + "/held?c={ref_id}")
            + "\"}");
    Visitor partner = visitors.speaking(language).signIn(affiliate.key());
    partner.openPage(partner.says("nav.profile"));
    partner.click(partner.says("postback.pause") + ": Mine");
    partner.sees(partner.says("paused.by_hand"));
    String conversion = "held-1";
    world.push(affiliate, conversion, "1042");

    partner.openPage(partner.says("nav.why"));
    partner.field(partner.says("lookup.id")).fill(conversion);
    partner.click(partner.says("why.submit"));
    partner.sees(partner.says("why.summary.held"));
    partner.openPage(partner.says("nav.profile"));
    partner.sees(partner.says("held.paused", 1, false));
    partner.openPage(partner.says("nav.overview"));
    partner.sees(partner.says("held.paused", 1, false));
    partner.click(partner.says("overview.resume") + ": Mine");
    partner.sees(partner.says("held.active", 1, false));

    // The question outlives a reload.
    partner.page().reload();
    partner.openPage(partner.says("nav.profile"));
    partner.sees(partner.says("held.active", 1, false));
    EveryPageTest.isFine(partner, "held " + language);
    partner.click(partner.says("held.resend") + ": Mine");
    partner.sees(partner.says("resend.done", 1));
    assertThat(partner.page().locator(".held")).hasCount(0);

    assertEquals("c=w8J3kUG5", received("/held", 1).getFirst().query());
  }

  @Test
  void aFailedTestIsNoTroubleOfTheOverview() {
    String failing = path + "/refuses";
    world.tracker().answers(failing, 404);
    world.postback(
        affiliate,
        "{\"label\": \"Mine\", \"url\": \"" + world.tracker().url(failing + "?c={ref_id}") + "\"}");
    world.api().post(affiliate.key(), "/v1/test-conversions", "{\"offer_id\": \"1042\"}");
    Visitor partner = visitors.as(affiliate);

    partner.openPage("Deliveries");
    assertThat(partner.page().locator("tr.row")).containsText("Failed");
    partner.openPage("Overview");
    partner.sees("No postback is paused, and nothing failed in the last 24 hours.");
  }

  @Test
  void explainsAndResendsAFailure() {
    String failing = path + "/down";
    world.tracker().answers(failing, 404, 404);
    world.postback(
        affiliate,
        "{\"label\": \"Mine\", \"url\": \"" + world.tracker().url(failing + "?c={ref_id}") + "\"}");
    world.push(affiliate, "f-1", "1042");
    Visitor partner = visitors.as(affiliate);
    partner.openPage("Deliveries");
    assertThat(partner.page().locator("tr.row").filter(with("Retrying"))).containsText("HTTP 404");
    assertThat(partner.page().locator("tr.row")).containsText("×2");
    partner.click("Details of the delivery of conversion f-1");
    partner.sees("The tracker does not know this address: check the path in your URL.");
    partner.sees("Next attempt");

    partner.click("Resend");

    assertThat(partner.page().locator("tr.row")).containsText("Delivered");
    assertThat(partner.page().locator(".attempts > li")).hasCount(3);
    assertEquals(3, received("/down", 3).size());
  }

  @Test
  void resendsAPeriod() {
    world.postback(
        affiliate,
        "{\"label\": \"Mine\", \"url\": \""
            + world.tracker().url(path + "/period?c={ref_id}")
            + "\"}");
    world.push(affiliate, "p-1", "1042");
    world.push(affiliate, "p-2", "1042");
    received("/period", 2);
    Visitor partner = visitors.as(affiliate);
    partner.openPage("Deliveries");
    assertThat(partner.page().locator("tr.row").filter(with("Delivered"))).hasCount(2);

    partner.click("Resend a period…");
    partner.field("Failed").uncheck();
    partner.field("Held").uncheck();
    partner.click("Resend");
    partner.sees("Choose at least one.");
    partner.page().locator("dialog").getByLabel("Delivered").check();
    partner.click("Resend");

    partner.sees("2 deliveries are on the way again.");
    assertEquals(4, received("/period", 4).size());
  }

  @Test
  void aDeletedPostbackMayBeBroughtBack() {
    world.postback(affiliate, "{\"label\": \"Mine\", \"url\": \"https://t.example/?c={ref_id}\"}");
    Visitor partner = visitors.as(affiliate);
    partner.openPage("Global postbacks");

    partner.click("Delete: Mine");
    assertThat(card(partner, "Mine")).hasCount(0);
    partner.click("Undo");
    assertThat(card(partner, "Mine")).hasCount(1);
    assertEquals(1, stored());

    partner.click("Delete: Mine");
    partner.sees("“Mine” is deleted in a few seconds.");
    partner.click("Sign out");
    await().atMost(Duration.ofSeconds(60)).until(() -> stored() == 0);
  }

  @Test
  void leavingThePageCompletesADeletion() {
    world.postback(affiliate, "{\"label\": \"Mine\", \"url\": \"https://t.example/?c={ref_id}\"}");
    Visitor partner = visitors.as(affiliate);
    partner.openPage("Global postbacks");
    partner.click("Delete: Mine");
    partner.sees("“Mine” is deleted in a few seconds.");
    partner.page().navigate("about:blank");
    await().atMost(Duration.ofSeconds(60)).until(() -> stored() == 0);
  }

  private int stored() {
    return world
        .api()
        .get(affiliate.key(), "/v1/affiliates/me/postbacks")
        .json()
        .path("items")
        .size();
  }
}
