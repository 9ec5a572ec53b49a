package com.natifico.postback.endtoend.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import com.natifico.postback.endtoend.console.ConsoleTests.Visitors;
import com.natifico.postback.endtoend.console.ConsoleWorld.Affiliate;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The editor shows what a postback would have sent for the newest conversions, before saving. */
@ConsoleTests
final class RecentConversionsTest {
  private static final String OPEN = "What would it have sent?";
  private static final String URL = "https://t.example/p?cid={conversion_id}&payout={sum}";

  private final ConsoleWorld world;
  private final Affiliate affiliate;
  private final Visitor partner;

  RecentConversionsTest(ConsoleWorld world, Visitors visitors) {
    this.world = world;
    this.affiliate = world.affiliate();
    this.partner = visitors.as(affiliate);
  }

  /** Pushes a conversion and waits until the history shows it. */
  private void push(String conversionId, String offerId) {
    world.push(affiliate, conversionId, offerId);
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> listed("conversions").findValuesAsText("conversion_id").contains(conversionId));
  }

  private JsonNode listed(String what) {
    return world.api().get(affiliate.key(), "/v1/affiliates/me/" + what).json().path("items");
  }

  /** A global postback to the tracker. */
  private String save(String query) {
    String path = "/" + affiliate.id() + "/postback";
    world.postback(
        affiliate, "{\"label\": \"Mine\", \"url\": \"" + world.tracker().url(path + query) + "\"}");
    return path;
  }

  private void edit() {
    partner.page().reload();
    partner.openPage("Global postbacks");
    partner.click("Edit: Mine");
  }

  private Locator example(String conversionId) {
    return partner
        .page()
        .locator(".examples > li")
        .filter(new Locator.FilterOptions().setHasText(conversionId));
  }

  /** The row of this part: its name, its mark, and the values as edited and at present. */
  private static void assertPart(Locator example, String... cells) {
    assertThat(
            example
                .locator("tr")
                .filter(
                    new Locator.FilterOptions()
                        .setHas(example.page().locator("th .mono").getByText(cells[0])))
                .locator("th > span, td"))
        .hasText(cells);
  }

  @Test
  void showsWhatANewPostbackWouldSend() {
    partner.openPage("Global postbacks");
    partner.click("+ Add postback");
    partner.click(OPEN);
    partner.sees("Enter a URL to see what would be sent.");
    partner.field("Postback URL").fill(URL);
    partner.sees("There is no conversion yet");
    push("new-1", "1042");
    push("new-2", "7");

    partner.field("Postback URL").fill(URL + "&city={city}");
    partner.sees("2 recent conversions: 2 would be sent, 0 would not.");
    assertThat(partner.page().locator(".examples h4")).hasText(new String[] {"new-2", "new-1"});
    assertThat(example("new-2")).containsText("Offer 7");
    assertPart(example("new-2"), "cid", "new-2");
    assertPart(example("new-1"), "payout", "12.50");
    assertPart(example("new-1"), "city", "K%C3%B6ln");
    partner.field("Postback URL").fill(URL + "&city={Ref-ID}");
    partner.sees("This cannot be shown before it is corrected: There is no macro {Ref-ID}");
  }

  @Test
  void showsOnlyTheOffersConversionsAndWhyOneWouldNotBeSent() {
    push("of-1042", "1042");
    partner.go("offers/7");
    partner.click("+ Add postback");
    partner.field("Postback URL").fill(URL);
    partner.click(OPEN);
    partner.sees("There is no recent conversion of offer 7");
    push("of-7", "7");
    partner.field("Goals").fill("sale");
    partner.sees("1 recent conversion: 0 would be sent, 1 would not.");
    assertThat(example("of-7")).containsText("Would not be sent");
    assertThat(example("of-7")).containsText("It does not fire for the goal “1”.");
    assertThat(example("of-7").locator("table")).hasCount(0);
  }

  @Test
  void marksWhatIsDifferentFromThePresentPostback() {
    push("before", "1042");
    String path = save("?cid={conversion_id}&payout={sum}&os={os}");
    push("after", "1042");
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> listed("deliveries?state=delivered").size() == 1);
    edit();
    partner.click(OPEN);
    partner.sees("2 recent conversions: no difference.");
    assertThat(example("after")).containsText("The present postback sent the same.");
    assertThat(example("before")).containsText("The present postback would send the same.");

    partner
        .field("Postback URL")
        .fill(world.tracker().url(path + "?cid=n-{conversion_id}&payout={sum}&city={city}"));
    partner.sees("2 recent conversions: 2 different, 0 newly sent, 0 no longer sent.");
    for (String conversion : new String[] {"after", "before"}) {
      Locator example = example(conversion);
      assertPart(example, "cid", "Changed", "n-" + conversion, conversion);
      assertPart(example, "payout", "12.50", "12.50");
      assertPart(example, "city", "Added", "K%C3%B6ln", "not there");
      assertPart(example, "os", "Removed", "not there", "Android");
      assertThat(example.locator("mark")).hasText(new String[] {"n-", "K%C3%B6ln", "Android"});
    }
    assertThat(example("after")).containsText("The present postback sent something different.");

    partner.page().getByText("More settings").click();
    partner.field("Method").selectOption("POST");
    partner.field("Body").fill("{\"sum\": {sum}, \"ids\": [\"{ref_id}\"]}");
    assertPart(example("after"), "Method", "Changed", "POST", "GET");
    assertPart(example("after"), "Body: sum", "Added", "12.50", "not there");
    assertPart(example("after"), "Body: ids.0", "Added", "\"w8J3kUG5\"", "not there");
    assertPart(example("after"), "Content type", "Added", "application/json", "not there");

    assertEquals(1, world.tracker().received(path).size(), "nothing was sent");
    assertEquals(1, listed("postbacks").path(0).path("version").asInt(), "nothing was saved");
  }

  @Test
  void saysThatAConversionWouldNoLongerOrNewlyBeSent() {
    save("?cid={conversion_id}");
    push("c-1", "1042");
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> listed("deliveries?state=delivered").size() == 1);
    world.postback(affiliate, "{\"offer_id\": \"1042\", \"url\": \"" + URL + "\"}");
    push("c-2", "1042");
    edit();
    partner.click(OPEN);
    assertThat(example("c-1")).containsText("No longer sent");
    assertThat(example("c-1"))
        .containsText("It is a global one, and this offer has a postback of its own.");
    assertThat(example("c-2")).containsText("Not sent, as before");

    partner.field("Also fire where an offer has its own").check();
    partner.sees("2 recent conversions: 0 different, 1 newly sent, 0 no longer sent.");
    assertThat(example("c-1")).containsText("The present postback sent the same.");
    assertThat(example("c-2")).containsText("The present postback does not send it");
    assertPart(example("c-2"), "cid", "c-2");
    partner.field("Approved").uncheck();
    partner.sees("With no status it would never fire.");
  }

  @Test
  void showsMoreThanTheNewestFive() {
    for (int i = 1; i <= 6; i++) {
      push("c-" + i, "1042");
    }
    partner.openPage("Global postbacks");
    partner.click("+ Add postback");
    partner.field("Postback URL").fill(URL);
    partner.click(OPEN);
    partner.sees("5 recent conversions: 5 would be sent, 0 would not.");
    assertThat(example("c-1")).hasCount(0);
    partner.click("Show more");
    partner.sees("6 recent conversions: 6 would be sent, 0 would not.");
    assertThat(example("c-1")).containsText("This is the request.");
  }

  @Test
  void triesAgainAfterAFailure() {
    push("c-1", "1042");
    partner.page().route(url -> url.endsWith("/preview"), Route::abort);
    partner.openPage("Global postbacks");
    partner.click("+ Add postback");
    partner.field("Postback URL").fill(URL);
    partner.click(OPEN);
    partner.sees("The server cannot be reached.");
    partner.forgive();
    partner.page().unrouteAll();
    partner.click("Try again");
    partner.sees("1 recent conversion: 1 would be sent, 0 would not.");
    assertThat(partner.field("Postback URL")).isVisible();
    assertEquals(0, listed("postbacks").size(), "nothing was saved");
  }
}
