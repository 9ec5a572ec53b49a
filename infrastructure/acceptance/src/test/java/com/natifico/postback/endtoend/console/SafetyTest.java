package com.natifico.postback.endtoend.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import com.natifico.postback.endtoend.console.ConsoleTests.Visitors;
import com.natifico.postback.endtoend.console.ConsoleWorld.Affiliate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests where the key is stored, how much is transferred, and what the page must not do. */
@ConsoleTests
final class SafetyTest {
  private static final long MAX_BYTES = 150_000;

  /** On a repeated visit, only the page itself and the postbacks are requested again. */
  private static final long MAX_BYTES_ON_REPEATED_VISIT = 15_000;

  private final ConsoleWorld world;
  private final Visitors visitors;

  SafetyTest(ConsoleWorld world, Visitors visitors) {
    this.world = world;
    this.visitors = visitors;
  }

  @Test
  void storesTheKeyOnlyInTheTab() {
    Affiliate affiliate = world.affiliate();
    Visitor partner = visitors.as(affiliate);
    Page page = partner.page();
    assertEquals(affiliate.key(), page.evaluate("Object.values(sessionStorage).join()"));
    assertEquals(0, page.evaluate("localStorage.length"));
    assertEquals("", page.evaluate("document.cookie"));
    assertTrue(!page.url().contains(affiliate.key()));
    page.reload();
    assertThat(partner.heading("Overview")).isVisible();

    partner.click("Sign out");
    assertThat(partner.heading("Sign in")).isVisible();
    assertEquals(0, page.evaluate("sessionStorage.length"));
  }

  @ParameterizedTest
  @CsvSource({
    "npb_affiliate_unknown, Unknown key.",
    "local-admin,           This key belongs to an ad network or an admin.",
    "local-network,         This key belongs to an ad network or an admin.",
  })
  void saysWhyAKeyDoesNotDo(String key, String message) {
    Visitor visitor = visitors.open().go("");
    visitor.field("Your API key").fill(key);
    visitor.click("Sign in");
    visitor.seesError("Your API key", message);
    assertEquals(0, visitor.page().evaluate("sessionStorage.length"));
  }

  @Test
  void aRevokedKeySignsTheUserOut() {
    JsonNode made =
        world
            .api()
            .post("local-admin", "/v1/keys", "{\"role\":\"affiliate\",\"affiliate_id\":\"r77\"}")
            .json();
    Visitor partner = visitors.open().signIn(made.path("key").asText());
    world.api().send("DELETE", "local-admin", "/v1/keys/" + made.path("key_id").asText(), null);
    partner.go("log");
    partner.sees("Your key is no longer accepted. Sign in again.");
    assertEquals(0, partner.page().evaluate("sessionStorage.length"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"en-GB", "ru"})
  void transfersLittleAndLessOnARepeatedVisit(String language) {
    Visitor partner = visitors.speaking(language).signIn(world.affiliate().key());
    String title = partner.says("overview.title");
    assertThat(partner.heading(title)).isVisible();
    long first = partner.transferred();
    assertTrue(first > 10_000 && first < MAX_BYTES, first + " bytes");
    partner.page().reload();
    assertThat(partner.heading(title)).isVisible();
    long second = partner.transferred() - first;
    assertTrue(second < MAX_BYTES_ON_REPEATED_VISIT, second + " bytes");
  }

  /** The checks after every console test detect forbidden actions. */
  @Test
  void blocksAndDetectsABreachOfThePolicy() {
    Visitor visitor = visitors.open().go("");
    assertThat(visitor.heading("Sign in")).isVisible();
    visitor
        .page()
        .evaluate(
            "() => { const s = document.createElement('script'); s.textContent = 'window.hacked ="
                + " 1'; document.head.append(s); }");
    assertEquals(false, visitor.page().evaluate("'hacked' in window"));
    visitor.page().evaluate("fetch('http://127.0.0.1:9/x').catch(() => {})");
    visitor.page().waitForCondition(() -> visitor.misdeeds().size() >= 2);
    List<String> misdeeds = visitor.forgive();
    assertTrue(
        misdeeds.stream().allMatch(each -> each.contains("Content Security Policy")),
        misdeeds::toString);
  }
}
