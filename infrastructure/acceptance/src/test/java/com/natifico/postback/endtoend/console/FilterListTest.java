package com.natifico.postback.endtoend.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.natifico.postback.endtoend.console.ConsoleTests.Visitors;
import com.natifico.postback.endtoend.console.ConsoleWorld.Affiliate;
import com.natifico.postback.macro.FilterCatalogue;
import com.natifico.postback.macro.FilterDescription;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The filters are explained under the macros, and a click adds one to the template. */
@ConsoleTests
final class FilterListTest {
  private final ConsoleWorld world;
  private final Affiliate affiliate;
  private final Visitor partner;

  FilterListTest(ConsoleWorld world, Visitors visitors) {
    this.world = world;
    this.affiliate = world.affiliate();
    this.partner = visitors.as(affiliate);
    partner.openPage("Global postbacks");
    partner.click("+ Add postback");
  }

  private Locator url() {
    return partner.field("Postback URL");
  }

  private Locator entries() {
    return partner.page().locator(".filter-list li");
  }

  private void search(String words) {
    partner.field("Search macros and filters").fill(words);
  }

  private void use(String filter) {
    partner.click("Use the filter " + filter);
  }

  /** Puts the cursor after this part of the URL, as a click there does. */
  private void placeCursorAfter(String part) {
    url().focus();
    url()
        .evaluate(
            """
            (field, part) => {
              const at = field.value.indexOf(part) + part.length;
              field.setSelectionRange(at, at);
            }
            """,
            part);
  }

  @Test
  void explainsEveryFilter() {
    assertThat(entries()).hasCount(FilterCatalogue.all().size());
    partner.heading("Filters").scrollIntoViewIfNeeded();
    for (int i = 0; i < FilterCatalogue.all().size(); i++) {
      FilterDescription filter = FilterCatalogue.all().get(i);
      assertThat(entries().nth(i)).containsText(filter.example());
      assertThat(entries().nth(i)).containsText(filter.description());
      assertThat(entries().nth(i)).containsText("“" + filter.exampleResult() + "”");
    }
    partner.sees("a click adds the filter to that macro");
    EveryPageTest.isFine(partner, "filters");
  }

  @Test
  void theSearchFindsFiltersByNameAndMeaning() {
    search("|map");
    assertThat(entries()).hasCount(1);
    assertThat(entries()).containsText("{status_text|map:approved=sale,declined=rejected}");
    search("rounds");
    assertThat(entries()).hasCount(1);
    partner.sees("“12.5” becomes “12.50”");
    search("click id");
    assertThat(partner.button("Insert {ref_id}")).isVisible();
    assertThat(entries()).hasCount(0);
    search("xyzzy");
    partner.sees("No macro or filter matches.");
  }

  @Test
  void insertsExamplesThatCanBeSavedAndAreSent() {
    url().fill(world.tracker().url("/" + affiliate.id() + "/x?c={ref_id}&a="));
    search("scale");
    use("scale: {sum|scale:2}");
    assertThat(url()).isFocused();
    url().pressSequentially("&b=");
    search("upper case");
    partner.field("Search macros and filters").press("Enter");
    url().pressSequentially("&c=");
    search("");
    use("map: {status_text|map:approved=sale,declined=rejected}");

    String query =
        "/x?c={ref_id}&a={sum|scale:2}&b={status_text|upper}"
            + "&c={status_text|map:approved=sale,declined=rejected}";
    String saved = world.tracker().url("/" + affiliate.id() + query);
    assertThat(url()).hasValue(saved);
    assertThat(partner.page().locator(".expanded"))
        .containsText("/x?c=w8J3kUG5&a=12.50&b=APPROVED&c=sale");
    partner.click("Save");
    partner.sees("Saved. It takes effect within a few seconds.");
    assertEquals(List.of(saved), urls());
  }

  private List<String> urls() {
    return world
        .api()
        .get(affiliate.key(), "/v1/affiliates/me/postbacks")
        .json()
        .path("items")
        .findValuesAsText("url");
  }

  @Test
  void addsAFilterToTheMacroAtTheCursor() {
    String start = "https://t.example/?c={ref_id}&p=";
    url().fill(start + "{sum}&s={status_text}");
    placeCursorAfter("{sum}");
    use("scale: {sum|scale:2}");
    assertThat(url()).hasValue(start + "{sum|scale:2}&s={status_text}");
    use("default: {sum|default:0}");
    assertThat(url()).hasValue(start + "{sum|scale:2|default:0}&s={status_text}");

    placeCursorAfter("{status");
    use("upper: {status_text|upper}");
    assertThat(url()).hasValue(start + "{sum|scale:2|default:0}&s={status_text|upper}");
    assertThat(partner.page().locator(".expanded")).containsText("p=12.50&s=APPROVED");

    // Directly before a macro the example is inserted.
    placeCursorAfter("?c=");
    use("digits: {custom_field1|digits}");
    assertThat(url())
        .hasValue(
            "https://t.example/?c={custom_field1|digits}{ref_id}&p="
                + "{sum|scale:2|default:0}&s={status_text|upper}");
  }

  @Test
  void addsAFilterToASelectedMacroInTheBody() {
    url().fill("https://t.example/?c={ref_id}");
    partner.page().getByText("More settings").click();
    partner.field("Method").selectOption("POST");
    Locator body = partner.field("Body");
    body.fill("{\"time\": {timestamp}}");
    body.evaluate("field => field.setSelectionRange(9, 20)");
    use("ms: {timestamp|ms}");
    assertThat(body).hasValue("{\"time\": {timestamp|ms}}");
  }
}
