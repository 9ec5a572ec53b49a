package com.natifico.postback.endtoend.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A user with a separate browser. Detects what a page must never do: an error on the browser
 * console (which also reports breaches of the Content-Security-Policy), a script that fails, or a
 * request to another host.
 */
final class Visitor implements AutoCloseable {
  /** A generous timeout in milliseconds, because the machine may be busy. */
  static final double PATIENCE = 60_000;

  /**
   * Chromium's message about every unsuccessful response; the test decides whether it is expected.
   */
  private static final Pattern ANSWERED =
      Pattern.compile("Failed to load resource: the server responded with a status of 4\\d\\d.*");

  /** Reads a text where the page itself reads it. */
  private static final String SAYS =
      """
      async ([path, values]) => {
        const { t } = await import(document.querySelector("script[src$='/texts.js']").src);
        const text = path.reduce((texts, name) => texts[name], t);
        return typeof text === "function" ? text(...values) : text;
      }
      """;

  private final ConsoleWorld world;
  private final BrowserContext context;
  private final Page page;
  private final List<String> misdeeds = new ArrayList<>();
  private long transferred;

  Visitor(ConsoleWorld world, int width, int height, boolean dark, String locale) {
    this.world = world;
    context =
        world
            .browser()
            .newContext(
                new Browser.NewContextOptions()
                    .setViewportSize(width, height)
                    .setColorScheme(dark ? ColorScheme.DARK : ColorScheme.LIGHT)
                    .setLocale(locale)
                    .setTimezoneId("Europe/Berlin"));
    context.setDefaultTimeout(PATIENCE);
    page = context.newPage();
    page.onConsoleMessage(this::heard);
    page.onPageError(error -> misdeeds.add("script: " + error));
    page.onRequest(request -> asked(request.url()));
    CDPSession session = context.newCDPSession(page);
    session.send("Network.enable");
    session.on("Network.loadingFinished", this::loaded);
  }

  private void heard(ConsoleMessage message) {
    boolean loud = message.type().equals("error") || message.type().equals("warning");
    boolean axes = message.text().startsWith("Canvas2D");
    if (loud && !axes && !ANSWERED.matcher(message.text()).matches()) {
      misdeeds.add(message.type() + ": " + message.text());
    }
  }

  private void asked(String url) {
    URI uri = URI.create(url);
    if (!uri.getScheme().equals("data") && !url.startsWith(world.url())) {
      misdeeds.add("request to " + uri.getHost());
    }
  }

  private void loaded(JsonObject event) {
    transferred += event.get("encodedDataLength").getAsLong();
  }

  /** Fails if the page has done anything forbidden. */
  void hasBehaved() {
    assertEquals(List.of(), misdeeds);
  }

  List<String> misdeeds() {
    return List.copyOf(misdeeds);
  }

  /** Returns the errors so far and clears them. */
  List<String> forgive() {
    List<String> forgiven = List.copyOf(misdeeds);
    misdeeds.clear();
    return forgiven;
  }

  Page page() {
    return page;
  }

  /** The bytes transferred so far, including headers. */
  long transferred() {
    return transferred;
  }

  /** Opens a page by its hash, without signing in. */
  Visitor go(String hash) {
    page.navigate(world.url() + "#/" + hash);
    return this;
  }

  Visitor signIn(String key) {
    page.navigate(world.url());
    field(says("signIn.key")).fill(key);
    click(says("signIn.submit"));
    assertThat(page.getByRole(AriaRole.NAVIGATION)).isVisible();
    return this;
  }

  /**
   * A text of the console in the language in use.
   *
   * @param text its place in the texts, as in {@code postback.saved}
   * @param values what the text is about, if it has places for values
   */
  String says(String text, Object... values) {
    page.locator("footer.locale").waitFor();
    return (String) page.evaluate(SAYS, List.of(List.of(text.split("\\.")), List.of(values)));
  }

  Locator field(String label) {
    return page.getByLabel(label, new Page.GetByLabelOptions().setExact(true));
  }

  Locator button(String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  Locator heading(String name) {
    return page.getByRole(
        AriaRole.HEADING, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  Locator text(String text) {
    return page.getByText(text);
  }

  void click(String button) {
    button(button).click();
  }

  /** Opens a page by its link in the menu. */
  void openPage(String name) {
    page.getByRole(AriaRole.NAVIGATION)
        .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(name).setExact(true))
        .click();
  }

  void sees(String text) {
    assertThat(page.getByText(text).first()).isVisible();
  }

  /** Waits for this error message at a field. */
  void seesError(String field, String message) {
    Locator control = field(field);
    assertThat(control).hasAttribute("aria-invalid", "true");
    String described = control.getAttribute("aria-describedby");
    String id = described.substring(described.lastIndexOf(' ') + 1);
    assertThat(page.locator("[id='" + id + "']")).containsText(message);
  }

  /** Saves a screenshot, to find out why a test failed. */
  void keepPicture(String test) {
    Path path = Path.of("target", "browser", test.replaceAll("[^A-Za-z0-9]+", "-") + ".png");
    page.screenshot(new Page.ScreenshotOptions().setPath(path).setFullPage(true));
  }

  @Override
  public void close() {
    context.close();
  }
}
