package com.natifico.postback.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Documents, and the comments and texts of the code, use the usual technical terms instead of
 * figures of speech.
 */
final class PlainEnglishTest {
  private static final Path ROOT = Path.of(System.getProperty("project.root"));

  /** Use instead: after, is, reports, defer, message, fix, the name of the actor, is not a. */
  private static final Pattern FIGURES =
      Pattern.compile(
          "(?i)\\b(?:stands?(?! out)|(?:is|are|was|were) told|tells|put off|rests?(?= (?:by|until|there))"
              + "|(?<!dead[- ])letters?(?! message|,? (?:and )?digits)|unmend\\w*|mend(?:s|ed)?|whoever"
              + "|(?<!there )is no(?= [a-z]+\\b)(?! longer))\\b");

  /** Comments must also name the actor. */
  private static final Pattern IN_COMMENTS =
      Pattern.compile(FIGURES.pattern() + "|(?i)\\b(?:behind|nobody|somebody|anybody)\\b");

  /** Comments, and literals of more than one word. */
  private static final Pattern PROSE =
      Pattern.compile(
          "(?s)/\\*.*?\\*/|//[^\n]*|\"\"\".*?\"\"\"|\"(?:[^\"\\\\\n]|\\\\.)* (?:[^\"\\\\\n]|\\\\.)*\"");

  private static final Pattern CODE = Pattern.compile("(?s)```.*?```|`[^`]*`|\\]\\([^)]*\\)");

  @Test
  void documentsAreInPlainEnglish() throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(ROOT)) {
      for (Path page :
          files
              .filter(file -> file.toString().endsWith(".md"))
              .filter(file -> !file.toString().contains("/target/"))
              .filter(file -> !ROOT.relativize(file).startsWith(".ci"))
              .toList()) {
        String prose = CODE.matcher(Files.readString(page)).replaceAll("");
        FIGURES
            .matcher(prose)
            .results()
            .map(MatchResult::group)
            .forEach(figure -> found.add(ROOT.relativize(page) + ": " + figure));
      }
    }
    assertEquals(List.of(), found);
  }

  @Test
  void codeIsInPlainEnglish() throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(ROOT)) {
      for (Path file : files.filter(PlainEnglishTest::isCode).toList()) {
        PROSE
            .matcher(Files.readString(file))
            .results()
            .flatMap(prose -> IN_COMMENTS.matcher(prose.group()).results())
            .forEach(figure -> found.add(ROOT.relativize(file) + ": " + figure.group()));
      }
    }
    assertEquals(List.of(), found);
  }

  private static boolean isCode(Path file) {
    String path = ROOT.relativize(file).toString();
    return path.matches(".*src/.*\\.(?:java|js)") && !path.endsWith("PlainEnglishTest.java");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "the row stands there",
        "the caller is told",
        "each letter goes back",
        "mend the cause",
        "whoever dies",
        "it is no number"
      })
  void findsAFigureOfSpeech(String text) {
    assertTrue(FIGURES.matcher(text).find());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a dead-letter queue",
        "the dead letters",
        "letters and digits",
        "it is no longer there"
      })
  void leavesTheFieldsWords(String text) {
    assertFalse(FIGURES.matcher(text).find());
  }
}
