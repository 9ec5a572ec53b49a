package com.natifico.postback.endtoend.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import com.microsoft.playwright.Page;
import com.natifico.postback.endtoend.console.ConsoleTests.Visitors;
import com.natifico.postback.endtoend.console.ConsoleWorld.Affiliate;
import org.junit.jupiter.api.Test;

/** Tests the console with a keyboard and for a screen reader. */
@ConsoleTests
final class KeyboardTest {
  private static final int MANY = 60;

  /** The name that a screen reader announces for the focused element. */
  private static final String FOCUS =
      """
      () => {
        const e = document.activeElement;
        const label = e.labels?.[0]?.textContent;
        return (e.getAttribute("aria-label") ?? label ?? e.textContent).trim();
      }
      """;

  private final ConsoleWorld world;
  private final Affiliate affiliate;
  private final Visitor partner;
  private final Page page;

  KeyboardTest(ConsoleWorld world, Visitors visitors) {
    this.world = world;
    this.affiliate = world.affiliate();
    this.partner = visitors.open().go("");
    this.page = partner.page();
  }

  private String focus() {
    return (String) page.evaluate(FOCUS);
  }

  private void tabTo(String name) {
    for (int i = 0; i < MANY; i++) {
      page.keyboard().press("Tab");
      if (focus().equals(name)) {
        return;
      }
    }
    fail("the Tab key does not reach " + name);
  }

  private void press(String key) {
    page.keyboard().press(key);
  }

  @Test
  void savesAPostbackWithoutAMouse() {
    assertThat(partner.field("Your API key")).isFocused();
    page.keyboard().type(affiliate.key());
    press("Enter");
    assertThat(partner.heading("Overview")).isVisible();

    tabTo("Global postbacks");
    press("Enter");
    // A screen reader announces the new page's title.
    assertThat(partner.heading("Global postbacks").first()).isFocused();
    tabTo("+ Add postback");
    press("Enter");
    assertThat(partner.field("Postback URL")).isFocused();
    page.keyboard().type("https://t.example/?c=");
    tabTo("Search macros and filters");
    page.keyboard().type("click id");
    partner.sees("The affiliate's own click id");
    // The best match is inserted at the cursor, which then follows it.
    press("Enter");
    assertThat(partner.field("Postback URL")).isFocused();
    page.keyboard().type("&p={summ}");
    tabTo("Save");
    press("Enter");
    partner.seesError("Postback URL", "There is no macro {summ}");
    assertThat(partner.field("Postback URL")).isFocused();
    tabTo("Use {sum}");
    press("Enter");
    tabTo("Save");
    press("Enter");

    // The focus returns to the list, at the new postback.
    partner.sees("Saved. It takes effect within a few seconds.");
    page.waitForCondition(() -> focus().equals("Edit: t.example"));
    assertEquals(
        "https://t.example/?c={ref_id}&p={sum}",
        world
            .api()
            .get(affiliate.key(), "/v1/affiliates/me/postbacks")
            .json()
            .at("/items/0/url")
            .asText());
  }

  @Test
  void aDialogKeepsAndRestoresTheFocus() {
    partner.signIn(affiliate.key()).go("offers/1042");
    partner.button("Test conversion").focus();
    press("Enter");
    assertThat(partner.page().locator("dialog")).isVisible();
    for (int i = 0; i < 12; i++) {
      press("Tab");
      assertEquals(
          true,
          page.evaluate(
              "document.activeElement === document.body ||"
                  + " document.activeElement.closest('dialog') !== null"));
    }
    press("Escape");
    assertThat(partner.page().locator("dialog")).hasCount(0);
    assertThat(partner.button("Test conversion")).isFocused();
  }

  @Test
  void theFirstTabSkipsTheMenu() {
    partner.signIn(affiliate.key());
    page.reload();
    assertThat(partner.heading("Overview")).isVisible();
    press("Tab");
    assertEquals("Skip to the content", focus());
    press("Enter");
    assertThat(page.locator("main")).isFocused();
  }
}
