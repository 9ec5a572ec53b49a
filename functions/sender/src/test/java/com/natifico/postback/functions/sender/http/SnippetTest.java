package com.natifico.postback.functions.sender.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SnippetTest {
  private static String snippet(byte[] body, @Nullable String contentType) {
    return Snippet.of(new Snippet.Body(body, Snippet.Body.End.COMPLETE), contentType, null, 1024);
  }

  private static String snippet(String body) {
    return snippet(body.getBytes(StandardCharsets.UTF_8), "text/plain");
  }

  @Test
  void keepsUpToOneKibibyteUnchanged() {
    assertEquals("a".repeat(1024), snippet("a".repeat(1024)));
  }

  @Test
  void truncatesLongerTextAndMarksIt() {
    assertEquals("a".repeat(1021) + "…", snippet("a".repeat(1025)));
  }

  @Test
  void truncatesBetweenCharacters() {
    assertEquals("€".repeat(340) + "…", snippet("€".repeat(400)));
    assertEquals("a" + "😀".repeat(255) + "…", snippet("a" + "😀".repeat(300)));
  }

  @Test
  void marksABodyThatWasNotReadCompletely() {
    Snippet.Body body =
        new Snippet.Body("half".getBytes(StandardCharsets.UTF_8), Snippet.Body.End.LIMIT);

    assertEquals("half…", Snippet.of(body, null, null, 1024));
  }

  @Test
  void omitsACharacterCutByTheReadLimit() {
    byte[] bytes = "ab€".getBytes(StandardCharsets.UTF_8);
    Snippet.Body body = new Snippet.Body(java.util.Arrays.copyOf(bytes, 4), Snippet.Body.End.LIMIT);

    assertEquals("ab…", Snippet.of(body, "text/plain; charset=utf-8", null, 1024));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ISO-8859-1", "windows-1251", "UTF-16", "Shift_JIS", "UTF-8"})
  void usesTheCharsetOfTheResponse(String charset) throws Exception {
    String text = charset.equals("Shift_JIS") ? "日本" : charset.endsWith("1251") ? "да" : "ok é";

    assertEquals(
        text, snippet(text.getBytes(Charset.forName(charset)), "text/html; charset=" + charset));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "nonsense", "text/plain; charset=no-such", "text/plain; charset=", ";;;", "/"})
  void usesUtf8WithoutAUsableCharset(String contentType) {
    assertEquals("Köln", snippet("Köln".getBytes(StandardCharsets.UTF_8), contentType));
  }

  @Test
  void showsTextThatIsInvalidInItsCharset() {
    byte[] latin = "Grüße aus Köln".getBytes(StandardCharsets.ISO_8859_1);

    assertTrue(snippet(latin, "text/plain; charset=utf-8").startsWith("Gr"));
  }

  @Test
  void describesABinaryBody() {
    byte[] gif = {'G', 'I', 'F', '8', '9', 'a', 1, 0, 1, 0, 0, 0, 0};

    assertEquals("<binary, 13 bytes, image/gif>", snippet(gif, "image/gif"));
    assertEquals("<binary, 13 bytes>", snippet(gif, null));
  }

  @Test
  void describesACompressedBody() {
    assertEquals(
        "<binary, 3 bytes, gzip>",
        Snippet.of(
            new Snippet.Body(new byte[] {31, 9, 8}, Snippet.Body.End.COMPLETE),
            "text/plain",
            "gzip",
            1024));
  }

  @Test
  void reportsThatABinaryBodyWasLonger() {
    assertEquals(
        "<binary, more than 4 bytes>",
        Snippet.of(new Snippet.Body(new byte[4], Snippet.Body.End.LIMIT), null, null, 1024));
  }

  @ParameterizedTest
  @CsvSource(
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "error\u001b[31m red text,error\\u001b[31m red text",
        "abc\u202edef,abc\\u202edef",
        "zero\u200bwidth,zero\\u200bwidth",
        "line\u2028separator,line\\u2028separator",
        "next\u0085line text,next\\u0085line text"
      })
  void escapesDeceptiveCharacters(String body, String shown) {
    assertEquals(shown, snippet(body));
  }

  @Test
  void keepsLinesAndTabs() {
    assertEquals("a\tb\nc\r\nd", snippet("a\tb\nc\r\nd"));
    assertEquals("over\\u000dwritten", snippet("over\rwritten"));
  }

  @Test
  void dropsAByteOrderMark() {
    assertEquals("text", snippet("\ufefftext"));
  }

  @Property
  void neverExceedsItsLimitOrContainsControlCharacters(
      @ForAll byte[] body, @ForAll boolean complete, @ForAll String contentType) {
    String shown =
        Snippet.of(
            new Snippet.Body(body, complete ? Snippet.Body.End.COMPLETE : Snippet.Body.End.LIMIT),
            contentType,
            null,
            64);

    assertTrue(shown.getBytes(StandardCharsets.UTF_8).length <= 64 || shown.startsWith("<binary"));
    assertTrue(
        shown
            .chars()
            .allMatch(c -> c == '\t' || c == '\r' || c == '\n' || !Character.isISOControl(c)));
  }
}
