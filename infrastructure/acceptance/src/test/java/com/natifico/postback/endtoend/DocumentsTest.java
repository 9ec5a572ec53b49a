package com.natifico.postback.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.natifico.postback.delivery.DeliveryState;
import com.natifico.postback.delivery.Outcome;
import com.natifico.postback.delivery.UnsentReason;
import com.natifico.postback.macro.FilterCatalogue;
import com.natifico.postback.macro.FilterDescription;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The repository's texts refer only to documents in the repository. */
final class DocumentsTest {
  private static final Path ROOT = Path.of(System.getProperty("project.root"));
  private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.+?) *$");
  private static final Pattern CODE = Pattern.compile("(?ms)^```.*?^```");

  /** A citation of a document outside the repository. */
  private static final Pattern OUTSIDE_CITATION =
      Pattern.compile("[Dd]esign, sections? [0-9]|\\b(?:design|domain|facts)\\.md\\b");

  private static List<Path> files(String... endings) throws IOException {
    try (Stream<Path> files = Files.walk(ROOT)) {
      return files
          .filter(file -> Stream.of(endings).anyMatch(file.toString()::endsWith))
          .filter(file -> !file.toString().contains("/target/"))
          .filter(file -> !ROOT.relativize(file).startsWith(".ci"))
          .filter(file -> !file.endsWith("DocumentsTest.java"))
          .filter(Files::isRegularFile)
          .toList();
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void everyRelativeLinkResolves() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path page : files(".md")) {
      String prose = CODE.matcher(text(page)).replaceAll("");
      for (MatchResult link : LINK.matcher(prose).results().toList()) {
        if (!leadsSomewhere(page, link.group(1))) {
          broken.add(ROOT.relativize(page) + ": " + link.group(1));
        }
      }
    }
    assertEquals(List.of(), broken);
  }

  private static boolean leadsSomewhere(Path page, String link) {
    if (link.matches("[a-z]+:.*")) {
      return true;
    }
    String[] parts = link.split("#", 2);
    Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]);
    return Files.exists(target) && (parts.length == 1 || anchors(text(target)).contains(parts[1]));
  }

  /** The anchors that code hosts derive from headings. */
  static Set<String> anchors(String markdown) {
    return HEADING
        .matcher(CODE.matcher(markdown).replaceAll(""))
        .results()
        .map(
            heading ->
                heading
                    .group(1)
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{N} _-]", "")
                    .replace(' ', '-'))
        .collect(Collectors.toSet());
  }

  @Test
  void nothingCitesADocumentOutsideTheRepository() throws IOException {
    List<String> citing = new ArrayList<>();
    for (Path file : files(".java", ".md", ".yaml", ".xml", ".js")) {
      if (OUTSIDE_CITATION.matcher(text(file)).find()) {
        citing.add(ROOT.relativize(file).toString());
      }
    }
    assertEquals(List.of(), citing);
  }

  @ParameterizedTest
  @CsvSource({"# What it means, what-it-means", "## `GET /v1`: it, get-v1-it"})
  void knowsTheAnchorOfAHeading(String heading, String anchor) {
    assertEquals(Set.of(anchor), anchors(heading));
  }

  @ParameterizedTest
  @CsvSource({"README.md, true", "nowhere.md, false", "#nowhere, false", "https://x.example, true"})
  void detectsABrokenLink(String link, boolean leads) {
    assertEquals(leads, leadsSomewhere(ROOT.resolve("README.md"), link));
  }

  @Test
  void deliveryMdNamesEveryState() {
    String page = text(ROOT.resolve("infrastructure/docs/delivery.md"));
    List<String> states =
        Pattern.compile("(?m)^\\| `([a-z]+)` \\|")
            .matcher(page)
            .results()
            .map(row -> row.group(1))
            .toList();
    assertEquals(
        Stream.of(DeliveryState.values()).map(DeliveryState::word).sorted().toList(),
        states.stream().sorted().toList());
    String drawing = text(ROOT.resolve("infrastructure/docs/delivery.svg"));
    states.forEach(state -> assertTrue(drawing.contains(">" + state + "<"), state));
    for (UnsentReason reason : UnsentReason.values()) {
      assertTrue(page.contains("`" + reason.word() + "`"), reason.word());
    }
  }

  @Test
  void theGlossaryNamesEveryOutcome() {
    String page = text(ROOT.resolve("infrastructure/docs/glossary.md"));
    for (Outcome outcome : Outcome.values()) {
      assertTrue(page.contains("`" + outcome.word() + "`"), outcome.word());
    }
  }

  @Test
  void affiliatesMdExplainsEveryFilterAsTheCatalogueDoes() {
    String page = text(ROOT.resolve("infrastructure/docs/affiliates.md"));
    String section = page.substring(page.indexOf("## Filters"), page.indexOf("## What is refused"));
    assertEquals(
        FilterCatalogue.all().stream().map(DocumentsTest::row).toList(),
        section.lines().filter(line -> line.startsWith("| `")).toList());
  }

  /** A filter's row; the quotes show blanks around a value, and an empty one. */
  private static String row(FilterDescription filter) {
    return "| `%s` | %s | `%s` | `\"%s\"` | `\"%s\"` |"
        .formatted(
            filter.syntax(),
            filter.description(),
            filter.example().replace("|", "\\|"),
            filter.exampleValue(),
            filter.exampleResult());
  }

  /** The README must be short enough to read at once. */
  @Test
  void theReadmeIsShort() {
    assertTrue(text(ROOT.resolve("README.md")).lines().count() <= 170);
  }

  @Test
  void theIndexLinksToEveryPage() throws IOException {
    String index = text(ROOT.resolve("infrastructure/docs/index.md"));
    List<String> missing = new ArrayList<>();
    for (Path page : files(".md")) {
      Path relative = ROOT.resolve("infrastructure/docs").relativize(page);
      boolean isListed =
          index.contains("(" + relative + ")")
              || page.endsWith("index.md")
              || ROOT.relativize(page).startsWith("infrastructure/operations/runbook");
      if (!isListed) {
        missing.add(relative.toString());
      }
    }
    assertEquals(List.of(), missing);
  }
}
