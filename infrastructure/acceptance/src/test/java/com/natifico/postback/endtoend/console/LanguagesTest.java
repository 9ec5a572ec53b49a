package com.natifico.postback.endtoend.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import com.natifico.postback.contract.problem.ProblemType;
import com.natifico.postback.endtoend.console.ConsoleTests.Visitors;
import com.natifico.postback.endtoend.console.ConsoleWorld.Affiliate;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The console in other languages and time zones. */
@ConsoleTests
final class LanguagesTest {
  /** What means the same in another language, with {@code 0} for a value. */
  private static final List<String> SAME_IN_ANOTHER_LANGUAGE =
      List.of(
          "Natifico Postback",
          "ms",
          "s",
          "min",
          "h",
          "d",
          "URL",
          "HTTP 0",
          "TLS",
          "API",
          "No",
          "Offer",
          "Offer 0",
          "Postback",
          "0 postbacks",
          "Status",
          "Tracker",
          // The macros that it searches have English descriptions.
          "click id, payout, hash…");

  /**
   * Compares the texts of all languages with the English ones. The API's errors are English
   * already, so the translations of their codes are compared with each other.
   */
  private static final String COMPARE =
      """
      async (allowed) => {
        const paths = [...document.querySelectorAll("meta[name=texts]")].map((meta) => meta.content);
        const languages = {};
        for (const path of paths) languages[/texts\\.(\\w+)\\.js$/.exec(path)[1]] = (await import(path)).t;
        const flat = (value, path, into) => {
          if (typeof value !== "object") into.set(path, value);
          else for (const [name, member] of Object.entries(value)) flat(member, `${path}/${name}`, into);
          return into;
        };
        const { en, ...others } = Object.fromEntries(
          Object.entries(languages).map(([name, t]) => [name, flat(t, "", new Map())]),
        );
        const all = new Map([...Object.values(others).flatMap((texts) => [...texts]), ...en]);
        const faults = [];
        const valuesOf = (path, texts) => {
          const text = texts.get(path);
          if (typeof text === "string") return [text];
          return [0, 1, 2, 5, 21].map((n) => text(...Array(text.length).fill(n)));
        };
        for (const [name, texts] of Object.entries({ en, ...others }))
          for (const [path, text] of all) {
            if (name === "en" && path.startsWith("/errors/")) continue;
            const other = texts.get(path);
            if (other === undefined) faults.push(`${name} lacks ${path}`);
            else if (!en.has(path) && !path.startsWith("/errors/")) faults.push(`English lacks ${path}, which ${name} has`);
            else if (typeof other !== typeof text || other.length !== text.length && typeof text === "function")
              faults.push(`${name} has a text of another form: ${path}`);
            else
              for (const value of valuesOf(path, texts))
                if (typeof value !== "string" || /undefined|NaN|null|object|=>/.test(value))
                  faults.push(`${name} ${path}: ${value}`);
            if (name === "en" || other === undefined || !en.has(path)) continue;
            const [english] = valuesOf(path, en);
            const [value] = valuesOf(path, texts);
            if (value === english && /\\p{L}/u.test(value) && !allowed.includes(value))
              faults.push(`${name} has the English text: ${path}`);
          }
        return faults;
      }
      """;

  /** The width of all texts in each language, in the font of the page. */
  private static final String WIDTHS =
      """
      async () => {
        const context = document.createElement("canvas").getContext("2d");
        context.font = getComputedStyle(document.body).font;
        const widthOf = (value) => {
          if (typeof value === "function") return widthOf(value(...Array(value.length).fill(5)));
          if (typeof value === "string") return context.measureText(value).width;
          return Object.values(value).reduce((sum, member) => sum + widthOf(member), 0);
        };
        const widths = {};
        for (const meta of document.querySelectorAll("meta[name=texts]")) {
          const { errors, ...texts } = (await import(meta.content)).t;
          widths[/texts\\.(\\w+)\\.js$/.exec(meta.content)[1]] = Math.round(widthOf(texts));
        }
        return widths;
      }
      """;

  private static final String LONGEST = "ru";

  private final ConsoleWorld world;
  private final Visitors visitors;

  LanguagesTest(ConsoleWorld world, Visitors visitors) {
    this.world = world;
    this.visitors = visitors;
  }

  private static Locator languages(Visitor visitor) {
    return visitor.field(visitor.says("locale.language"));
  }

  private static Locator zones(Visitor visitor) {
    return visitor.field(visitor.says("locale.zone"));
  }

  @Test
  void everyLanguageHasEveryText() {
    Visitor visitor = visitors.open().go("");
    assertThat(visitor.heading("Sign in")).isVisible();

    assertEquals(List.of(), visitor.page().evaluate(COMPARE, SAME_IN_ANOTHER_LANGUAGE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"es", "pt", "ru", "zh"})
  void everyProblemOfTheApiIsTranslated(String language) {
    Visitor visitor = visitors.speaking(language).go("");
    visitor.says("signIn.title");

    assertEquals(
        List.of(),
        Stream.of(ProblemType.values())
            .map(ProblemType::word)
            .filter(word -> visitor.says("errors." + word) == null)
            .toList());
  }

  @ParameterizedTest
  @CsvSource({
    "en-US, en-GB, Sign in",
    "es-MX, es,    Iniciar sesión",
    "pt-PT, pt-BR, Entrar",
    "ru-RU, ru,    Вход",
    "zh-TW, zh-CN, 登录",
    "de-DE, en-GB, Sign in",
  })
  void speaksTheLanguageOfTheBrowser(String browser, String language, String title) {
    Visitor visitor = visitors.speaking(browser).go("");

    assertThat(visitor.heading(title)).isVisible();
    assertThat(visitor.page().locator("html")).hasAttribute("lang", language);
  }

  @Test
  void theLanguageCanBeChangedAndIsRemembered() {
    Visitor partner = visitors.as(world.affiliate()).go("profile");
    partner.click("+ Add postback");
    partner.field("Postback URL").fill("https://t.example/?c={ref_id}");
    languages(partner).selectOption("Español");

    assertThat(partner.heading("Nuevo postback global")).isVisible();
    assertThat(partner.page().locator("html")).hasAttribute("lang", "es");
    assertEquals("https://t.example/?c={ref_id}", partner.field("URL de postback").inputValue());
    assertEquals("Postbacks globales · Natifico Postback", partner.page().title());

    partner.page().reload();
    assertThat(partner.heading("Postbacks globales").first()).isVisible();
    partner.click("Cerrar sesión");
    assertThat(partner.heading("Iniciar sesión")).isVisible();
    languages(partner).selectOption("简体中文");
    assertThat(partner.heading("登录")).isVisible();
  }

  @Test
  void loadsTheTextsOfOneLanguage() {
    Visitor visitor = visitors.speaking("ru").go("");
    assertThat(visitor.heading("Вход")).isVisible();

    assertEquals(
        List.of("texts.js", "texts.ru.js"),
        visitor
            .page()
            .evaluate(
                """
                performance.getEntriesByType("resource")
                  .map((entry) => entry.name.split("/").at(-1))
                  .filter((name) => name.startsWith("texts."))
                  .sort()
                """));
  }

  @Test
  void translatesAnErrorByItsCode() {
    Visitor partner = visitors.speaking("ru").signIn(world.affiliate().key()).go("profile");
    partner.click("+ Добавить постбэк");
    partner.field("URL постбэка").fill("https://t.example/?c={ref_id}&p={summ}");
    partner.click("Сохранить");

    partner.seesError("URL постбэка", "Такого макроса нет.");
    partner.seesError("URL постбэка", "There is no macro {summ}");
    assertThat(partner.page().locator(".errors small[lang=en]").first()).isVisible();
    partner.click("Заменить на {sum}");
    partner.click("Сохранить");
    partner.sees("Сохранено.");
  }

  @Test
  void showsTimesInTheChosenZone() {
    Affiliate affiliate = world.affiliate();
    world.postback(affiliate, "{\"url\": \"" + world.tracker().url("/zone?c={ref_id}") + "\"}");
    world.push(affiliate, "zone-1", "1042");
    Visitor partner = visitors.as(affiliate).go("log");
    Locator time = partner.page().locator("tr.row time");
    assertThat(zones(partner)).hasValue("Europe/Berlin");
    Instant at = Instant.parse(time.getAttribute("datetime"));
    assertThat(time).hasText(clock(at, "Europe/Berlin"));

    // It may be another day there, and the date is then shown as well.
    zones(partner).selectOption("Asia/Tokyo");
    assertThat(time).containsText(clock(at, "Asia/Tokyo"));
    zones(partner).selectOption("UTC");
    assertThat(time).containsText(clock(at, "UTC"));

    partner.page().reload();
    assertThat(zones(partner)).hasValue("UTC");
    assertThat(time).containsText(clock(at, "UTC"));

    // A period is entered in the same zone.
    partner.field("Period").selectOption("From … to …");
    partner.field("To").fill("2026-03-29T02:30");
    partner.field("To").blur();
    assertThat(partner.page()).hasURL(Pattern.compile("until=2026-03-29T02%3A30%3A00"));
    zones(partner).selectOption("America/New_York");
    assertThat(partner.field("To")).hasValue("2026-03-28T22:30");

    zones(partner).selectOption("Europe/Berlin");
    assertThat(time).hasCount(0);
    assertEquals(0, partner.page().evaluate("localStorage.length"));
  }

  @ParameterizedTest
  @CsvSource({
    "UTC,              2026-11-02 14:03:09, 2026-11-02T14:03:09Z",
    "Asia/Tehran,      2026-11-02 14:03:09, 2026-11-02T10:33:09Z",
    "America/New_York, 11/02/2026 2:03 PM,  2026-11-02T19:03:00Z",
    "America/New_York, 2026-07-01 00:00:00, 2026-07-01T04:00:00Z",
  })
  void readsTheTimesOfAnExportInTheChosenZone(String zone, String written, Instant expected) {
    Visitor visitor = visitors.open().go("");
    zones(visitor).selectOption(zone);

    assertEquals(
        (double) expected.toEpochMilli(),
        ((Number)
                visitor
                    .page()
                    .evaluate(
                        """
                        async (written) => {
                          const texts = document.querySelector("script[src$='/texts.js']").src;
                          return (await import(texts.replace("texts.js", "join.js"))).timeOf(written);
                        }
                        """,
                        written))
            .doubleValue());
  }

  private static String clock(Instant at, String zone) {
    return DateTimeFormatter.ofPattern("HH:mm:ss").format(at.atZone(ZoneId.of(zone)));
  }

  @Test
  void writesNumbersAndPluralsAsTheLanguageDoes() {
    Visitor visitor = visitors.speaking("ru").go("");

    assertEquals("1 доставка снова отправляется.", visitor.says("resend.done", 1));
    assertEquals("22 доставки снова отправляются.", visitor.says("resend.done", 22));
    assertEquals("11 доставок снова отправляются.", visitor.says("resend.done", 11));
    assertEquals(
        "12 345 доставок",
        visitor.says("log.page", 1, 12_345).split(" · ")[1].replace('\u00a0', ' '));
    assertEquals(
        "99,5 %", visitor.says("charts.success", 0.995).replaceAll("[^\\d,% ]", "").strip());
  }

  @Test
  void theLayoutIsTestedInTheLongestLanguage() {
    Visitor visitor = visitors.open().go("");
    visitor.says("signIn.title");

    Map<?, ?> widths = (Map<?, ?>) visitor.page().evaluate(WIDTHS);

    assertEquals(
        LONGEST,
        widths.entrySet().stream()
            .max(Comparator.comparingDouble(each -> ((Number) each.getValue()).doubleValue()))
            .orElseThrow()
            .getKey(),
        widths::toString);
  }

  /** Every page in a language; {@code look} is called with each. */
  private void visitEveryPage(String language, Look look) {
    Affiliate affiliate = world.affiliate();
    String path = "/" + affiliate.id();
    world.tracker().answers(path + "/down", 404);
    world.postback(
        affiliate,
        "{\"label\": \"Mine\", \"offer_id\": \"1042\", \"url\": \""
            + world.tracker().url(path + "/down?c={ref_id}")
            + "\"}");
    world.postback(
        affiliate,
        "{\"label\": \"Paused\", \"state\": \"paused\", \"url\": \"https://t.example/?c={ref_id}\"}");
    world.push(affiliate, "c-1", "1042");
    world.push(affiliate, "c-2", "7");

    Visitor partner = visitors.speaking(language).go("");
    partner.click(partner.says("signIn.submit"));
    partner.sees(partner.says("signIn.missing"));
    look.at(partner, language + " sign-in");

    partner.signIn(affiliate.key());
    partner.sees(partner.says("paused.by_hand"));
    assertThat(partner.page().locator("rect.hit").first()).isVisible();
    look.at(partner, language + " overview");

    partner.go("offers");
    partner.sees(partner.says("common.offer", "1042"));
    look.at(partner, language + " offers");

    partner.go("offers/1042");
    partner.sees("Mine");
    partner.click(partner.says("postback.add"));
    partner.field(partner.says("editor.url")).fill("http://t.example/?c={Ref-ID}");
    partner.text(partner.says("editor.advanced")).click();
    partner.field(partner.says("editor.method")).selectOption("POST");
    partner.field(partner.says("editor.signature")).selectOption("hmac");
    partner.click(partner.says("common.save"));
    partner.sees(partner.says("editor.secretMissing"));
    look.at(partner, language + " editor");
    partner.click(partner.says("common.cancel"));
    partner.click(partner.says("test.button"));
    partner.click(partner.says("test.send"));
    partner.sees(partner.says("test.complete", 1));
    look.at(partner, language + " test");
    partner.page().keyboard().press("Escape");

    partner.go("profile");
    partner.sees(partner.says("pausedHelp.by_hand"));
    look.at(partner, language + " profile");

    partner.go("log");
    partner.click(partner.says("log.details", "c-2"));
    partner.sees(partner.says("stateHelp.held"));
    look.at(partner, language + " log");
    partner.click(partner.says("log.resendPeriod"));
    look.at(partner, language + " resend");
    partner.page().keyboard().press("Escape");

    partner.go("why/c-1");
    partner.sees(partner.says("why.matched"));
    look.at(partner, language + " why");

    partner.go("compare");
    partner.sees(partner.says("compare.private"));
    look.at(partner, language + " compare");

    partner.go("notifications");
    partner.click(partner.says("notifications.add"));
    partner.sees(partner.says("eventHelp.paused"));
    look.at(partner, language + " notifications");

    Visitor manager = visitors.speaking(language).signIn("local-manager");
    manager.field(manager.says("affiliates.id")).fill(affiliate.id());
    manager.click(manager.says("affiliates.open"));
    manager.openPage(manager.says("nav.affiliates"));
    manager.sees(manager.says("affiliates.paused", 1));
    look.at(manager, language + " affiliates");
    manager.openPage(manager.says("nav.refused"));
    assertThat(manager.heading(manager.says("refused.title"))).isVisible();
    assertThat(manager.page().getByRole(AriaRole.STATUS).filter(loading(manager))).hasCount(0);
    look.at(manager, language + " refused");
  }

  private static Locator.FilterOptions loading(Visitor visitor) {
    return new Locator.FilterOptions().setHasText(visitor.says("common.loading"));
  }

  /** What is looked at on each page. */
  private interface Look {
    void at(Visitor visitor, String name);
  }

  @Test
  void everyPageIsFineInTheLongestLanguage() {
    visitEveryPage(LONGEST, EveryPageTest::isFine);
  }

  @ParameterizedTest
  @ValueSource(strings = {"es", "pt-BR", "zh-CN"})
  void nothingOverflowsInTheOtherLanguages(String language) {
    visitEveryPage(
        language,
        (visitor, name) -> {
          for (int width : new int[] {360, 1280}) {
            visitor.page().setViewportSize(width, 800);
            assertEquals(
                width, visitor.page().evaluate("document.documentElement.scrollWidth"), name);
          }
          assertTrue(visitor.page().title().endsWith("Natifico Postback"));
        });
  }
}
