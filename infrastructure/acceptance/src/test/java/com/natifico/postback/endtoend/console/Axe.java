package com.natifico.postback.endtoend.console;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;

/** Runs axe-core on the current page. */
final class Axe {
  private static final String RUN =
      """
      async (rules) => {
        const options = rules.length === 0
          ? { resultTypes: ["violations"] }
          : { resultTypes: ["violations"], runOnly: { type: "rule", values: rules } };
        const { violations } = await axe.run(document, options);
        return violations.map((one) =>
          `${one.impact}: ${one.id}: ${one.help}: ` +
          one.nodes.map((node) => `${node.target.join(" ")} (${node.any.map((why) => why.message)})`).join("; "));
      }
      """;

  private static final String SOURCE = read();

  private Axe() {}

  /** All violations; empty if there are none. */
  static List<?> faults(Page page) {
    return run(page, List.of());
  }

  /** Violations of the colour rules only, for the same page in other colours. */
  static List<?> faultsOfContrast(Page page) {
    return run(page, List.of("color-contrast"));
  }

  private static List<?> run(Page page, List<String> rules) {
    if (!(Boolean) page.evaluate("typeof axe !== 'undefined'")) {
      // Bypasses the Content-Security-Policy, which forbids this to pages.
      page.evaluate(SOURCE);
    }
    return (List<?>) page.evaluate(RUN, rules);
  }

  private static String read() {
    String pom = "META-INF/maven/org.webjars.npm/axe-core/pom.properties";
    Properties properties = new Properties();
    try (InputStream in = resource(pom)) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String path =
        "META-INF/resources/webjars/axe-core/" + properties.getProperty("version") + "/axe.min.js";
    try (InputStream in = resource(path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream resource(String path) {
    InputStream in = Axe.class.getClassLoader().getResourceAsStream(path);
    if (in == null) {
      throw new IllegalStateException(path + " is not on the class path");
    }
    return in;
  }
}
