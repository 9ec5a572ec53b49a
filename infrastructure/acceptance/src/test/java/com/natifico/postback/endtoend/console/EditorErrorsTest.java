package com.natifico.postback.endtoend.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.natifico.postback.endtoend.console.ConsoleTests.Visitors;
import com.natifico.postback.endtoend.console.ConsoleWorld.Affiliate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Errors of the API are shown at their field, with the suggestion as a button. */
@ConsoleTests
final class EditorErrorsTest {
  private static final String FINE = "https://t.example/?c={ref_id}";

  private final ConsoleWorld world;
  private final Affiliate affiliate;
  private final Visitor partner;

  EditorErrorsTest(ConsoleWorld world, Visitors visitors) {
    this.world = world;
    this.affiliate = world.affiliate();
    this.partner = visitors.as(affiliate);
  }

  private void startAPostback() {
    partner.openPage("Global postbacks");
    partner.click("+ Add postback");
  }

  private void tries(String url, String message) {
    partner.field("Postback URL").fill(url);
    partner.click("Save");
    partner.seesError("Postback URL", message);
  }

  /** Accepting the suggestion produces the corrected value. */
  private void takes(String suggestion, String corrected) {
    partner.click("Use " + suggestion);
    assertThat(partner.field("Postback URL")).hasValue(corrected);
    assertThat(partner.page().locator(".expanded").first()).isVisible();
  }

  @Test
  void explainsAndFixesEveryMistakeInAUrl() {
    startAPostback();
    partner.click("Save");
    partner.seesError("Postback URL", "Enter the postback URL");

    tries("https://t.example/?c={Ref-ID}", "There is no macro {Ref-ID}");
    takes("{ref_id}", FINE);
    tries("https://t.example/?c={ref_id }&p={sum|scale:2}", "There is a blank in {ref_id }");
    takes("{ref_id}", "https://t.example/?c={ref_id}&p={sum|scale:2}");
    tries("https://t.example/?c=${ref_id}", "another system's spelling");
    takes("{ref_id}", FINE);
    tries("https://t.example/?c={{clickid}}", "another system's spelling");
    takes("{ref_id}", FINE);
    tries("https://t.example/?c=%CLICK_ID%", "%CLICK_ID% is not a macro here");
    takes("{ref_id}", FINE);
    tries("https://t.example/?c={status:lead=0 sale=1}", "another system's spelling");
    takes(
        "{status_text|map:pending=0,hold=0,approved=1}",
        "https://t.example/?c={status_text|map:pending=0,hold=0,approved=1}");
    tries("<img src=\"" + FINE + "\">", "This is an HTML tag");
    takes(FINE, FINE);
    tries("https://t.example/?c={transaction_id}", "transaction_id");
    tries("https://t.example/?c={ref_id|uper}", "There is no filter \"uper\"");
    takes("upper", "https://t.example/?c={ref_id|upper}");
    tries("https://t.example/?c={ref_id", "has no }");
    tries(
        "https://{geo}.example/?c={ref_id}",
        "Scheme, user info, host and port may not contain macros");
    tries("https://me:secret@t.example/?c={ref_id}", "must not carry a user name");
    tries("ftp://t.example/?c={ref_id}", "Callbacks are sent over https or http");
    tries("t.example/?c={ref_id}", "begins with https://");
    takes("https://" + "t.example/?c={ref_id}", FINE);
    tries("http://169.254.169.254/?c={ref_id}", "169.254.169.254");
    tries("https://t.example/?c={ref_id}&p=" + "x".repeat(2_048), "at most 2,048 characters");
    assertEquals(0, stored().size());
  }

  @Test
  void asksForTheSecretOfAPlaceholderAndNeverShowsIt() {
    startAPostback();
    partner.field("Postback URL").fill(FINE + "&k={secret.key}");
    partner.click("Save");
    partner.seesError("Postback URL", "There is no secret key");
    partner.field("Secret “key”").fill("m4rked");
    partner.click("Save");
    partner.sees("Saved. It takes effect within a few seconds.");
    assertEquals("[\"key\"]", stored().get(0).get("secrets").toString());
    assertEquals(-1, partner.page().content().indexOf("m4rked"));
  }

  @Test
  void showsErrorsAtEveryOtherField() {
    startAPostback();
    partner.field("Postback URL").fill(FINE);
    partner.field("Goals").fill("g".repeat(129));
    partner.field("Name").fill("n".repeat(201));
    partner.page().getByText("More settings").click();
    partner.field("Signature").selectOption("With a secret of yours");
    partner.field("Signing secret").fill("not a secret");
    partner.field("Method").selectOption("POST");
    partner.field("Body").fill("{\"click\": \"{ref_idd}\"}");
    partner.click("Save");
    partner.seesError("Goals", "128");
    partner.seesError("Name", "200");
    partner.seesError("Signing secret", "whsec_");
    partner.seesError("Body", "There is no macro {ref_idd}");
    partner.click("Use {ref_id}");
    assertThat(partner.field("Body")).hasValue("{\"click\": \"{ref_id}\"}");

    partner.field("Goals").fill("sale");
    partner.field("Name").fill("Mine");
    partner.click("Make one");
    partner.field("Approved").uncheck();
    partner.click("Save");
    partner.sees("With no status it would never fire.");
    partner.field("Declined").check();
    partner.click("Save");
    partner.sees("Saved. It takes effect within a few seconds.");

    JsonNode saved = stored().path(0);
    assertEquals("POST", saved.path("method").asText());
    assertEquals("[\"declined\"]", saved.path("statuses").toString());
    assertEquals("[\"sale\"]", saved.path("goals").toString());
    assertEquals("true", saved.path("signed").asText());
    assertEquals("hmac", saved.path("signature").asText());
  }

  @Test
  void signsWithTheNetworksKeyOrWithASecretThatIsThere() {
    startAPostback();
    partner.field("Postback URL").fill("https://trk.example.com/p?c={ref_id}");
    partner.page().getByText("More settings").click();
    partner.field("Signature").selectOption("With a secret of yours");
    partner.click("Save");
    partner.seesError("Signing secret", "Enter a signing secret, or make one.");
    partner.field("Signature").selectOption("With the network’s key");
    partner.sees("but not method, host and other headers");
    partner.click("Save");
    partner.sees("Saved. It takes effect within a few seconds.");

    JsonNode saved = stored().path(0);
    assertEquals("true", saved.path("signed").asText());
    assertEquals("ed25519", saved.path("signature").asText());
  }

  private JsonNode stored() {
    return world.api().get(affiliate.key(), "/v1/affiliates/me/postbacks").json().path("items");
  }

  @Test
  void fillsInATrackersTemplateAndShowsItsLinkHalf() {
    startAPostback();
    partner.field("Your tracker").selectOption("Keitaro");
    partner.sees("&ref_id={subid}");
    partner.field("Replace DOMAIN").fill("trk.example");
    partner.click("Save");
    partner.seesError("Postback URL", "The URL still contains KEY.");
    partner.field("Replace KEY").fill("8b5d1fa");
    assertThat(partner.page().locator(".expanded"))
        .containsText(
            "https://trk.example/8b5d1fa/postback?subid=w8J3kUG5&payout=12.50&status=sale");
    assertThat(partner.field("Declined")).isChecked();
    partner.click("Save");
    partner.sees("Saved. It takes effect within a few seconds.");
    assertEquals(
        "[\"approved\",\"pending\",\"declined\",\"hold\"]",
        stored().path(0).path("statuses").toString());
  }

  @Test
  void fillsInAnAdPlatformsTemplateAndAsksForItsSecrets() {
    startAPostback();
    partner.field("Your tracker").selectOption("TikTok Events API");
    assertThat(partner.field("Postback URL"))
        .hasValue("https://business-api.tiktok.com/open_api/v1.3/event/track/");
    assertThat(partner.field("Headers")).hasValue("Access-Token: {secret.token}");
    assertThat(partner.text("The other half")).hasCount(0);
    partner.field("Secret “token”").fill("s3cret");
    partner.sees("Only test conversions send it.");
    partner.click("Save");
    partner.seesError("Body", "The body still contains PIXEL.");
    partner.field("Replace PIXEL").fill("C4A1B2");
    partner.field("Headers").fill("Access-Token: {secret.token}\nX-Shop: 7");
    partner.click("Save");
    partner.sees("Saved. It takes effect within a few seconds.");
    JsonNode saved = stored().path(0);
    assertEquals(
        "{\"Access-Token\":\"{secret.token}\",\"X-Shop\":\"7\"}", saved.path("headers").toString());
    assertEquals("[\"token\"]", saved.path("secrets").toString());
    assertEquals("tiktok", saved.path("tracker").asText());
    assertEquals("POST", saved.path("method").asText());
    assertTrue(saved.path("body").asText().contains("\"event_source_id\": \"C4A1B2\""));
    assertEquals("[]", saved.path("warnings").toString());
  }

  @Test
  void warnsOfAStatusThatTheTrackerDoesNotReceive() {
    startAPostback();
    partner.field("Your tracker").selectOption("RedTrack");
    assertThat(partner.field("Pending")).not().isChecked();
    assertThat(partner.text("This tracker does not receive the status")).hasCount(0);
    partner.field("Pending").check();
    partner.sees("it would count Pending as a conversion too");
    partner.field("Your tracker").selectOption("Keitaro");
    assertThat(partner.text("This tracker does not receive the status")).hasCount(0);
  }

  @Test
  void warnsOfProbableMistakes() {
    startAPostback();
    partner.field("Postback URL").fill("http://t.example/?p={sum}&c=");
    partner.sees("With http, others on the network can read");
    partner.sees("Without {ref_id} the tracker cannot tell which click converted.");
    partner.page().locator(".warning").getByText("Insert {ref_id}").click();
    assertThat(partner.field("Postback URL")).hasValue("http://t.example/?p={sum}&c={ref_id}");
    assertThat(partner.text("Without {ref_id} the tracker")).hasCount(0);

    partner.field("Postback URL").fill(FINE + "&amp;p={sum}");
    partner.sees("is HTML for");
    partner.page().locator(".warning").getByText("Use &").click();
    assertThat(partner.field("Postback URL")).hasValue(FINE + "&p={sum}");
    partner.field("Postback URL").fill(FINE + "\u200B");
    partner.sees("There is an invisible character (U+200B)");
    partner.page().locator(".warning").getByText("Use " + FINE).click();
    assertThat(partner.field("Postback URL")).hasValue(FINE);
    assertThat(partner.page().locator(".warning")).hasCount(0);
  }

  @Test
  void saysThatTheLimitOfPostbacksIsReached() {
    IntStream.range(0, 20)
        .forEach(i -> world.postback(affiliate, "{\"url\": \"https://t.example/" + i + "\"}"));
    partner.page().reload();
    startAPostback();
    partner.field("Postback URL").fill(FINE);
    partner.click("Save");
    partner.sees("There are 20 postbacks of this scope");
  }

  @Test
  void twoPeopleDoNotOverwriteEachOther() {
    JsonNode postback =
        world.postback(affiliate, "{\"label\": \"Mine\", \"url\": \"" + FINE + "\"}");
    partner.page().reload();
    partner.openPage("Global postbacks");
    partner.click("Edit: Mine");
    partner.field("Name").fill("Mine, changed");
    String path = "/v1/affiliates/me/postbacks/" + postback.path("postback_id").asText();
    String other = "{\"label\": \"Theirs\", \"url\": \"https://u.example/?c={ref_id}\"}";
    world.api().send("PUT", affiliate.key(), path, other);

    partner.click("Save");
    partner.sees("Another user has changed this postback in the meantime.");
    partner.click("Show theirs");
    assertThat(partner.field("Name")).hasValue("Theirs");
    partner.field("Name").fill("Ours");
    partner.click("Save");
    partner.sees("Saved. It takes effect within a few seconds.");
    assertEquals("Ours", stored().path(0).path("label").asText());
    assertEquals("https://u.example/?c={ref_id}", stored().path(0).path("url").asText());
  }
}
