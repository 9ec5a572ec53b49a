package com.natifico.postback.benchmarks.macros;

import com.github.jknack.handlebars.EscapingStrategy;
import com.github.jknack.handlebars.Handlebars;
import com.natifico.postback.conversion.ConversionMacros;
import com.natifico.postback.macro.Template;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.commons.text.StringEscapeUtils;
import org.apache.commons.text.StringSubstitutor;
import org.jspecify.annotations.NullUnmarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Produces the same text in five ways. Checks before measuring that the texts are equal. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@NullUnmarked // JMH sets the fields.
public class MacroExpansions {
  @Param MacroScenario scenario;

  private Template template;
  private ConversionMacros values;
  private Map<String, String> texts;
  private StringSubstitutor substitutor;
  private String source;
  private String commonsSource;
  private com.github.jknack.handlebars.Template handlebars;
  private byte[][] pieces;
  private byte[] finished;

  /** Prepares everything that can be prepared once per template. */
  @Setup
  public void prepare() throws IOException {
    source = scenario.source;
    commonsSource = source.replaceAll("\\{([a-z_0-9]+)}", "\\${$1}");
    template = Template.of(source, scenario.kind);
    values = MacroScenario.conversion();
    texts = MacroScenario.texts();
    boolean json = scenario.kind == Template.Kind.JSON;
    substitutor =
        new StringSubstitutor(
            name -> {
              String text = texts.get(name);
              return text == null
                  ? null
                  : json
                      ? StringEscapeUtils.escapeJson(text)
                      : URLEncoder.encode(text, StandardCharsets.UTF_8);
            },
            "${",
            "}",
            '$');
    EscapingStrategy strategy =
        json
            ? text -> StringEscapeUtils.escapeJson(text.toString())
            : text -> URLEncoder.encode(text.toString(), StandardCharsets.UTF_8);
    handlebars =
        new Handlebars()
            .with(strategy)
            .compileInline(source.replaceAll("\\{([a-z_0-9]+)}", "{{$1}}"));
    pieces = pieces();
    finished = ours().getBytes(StandardCharsets.UTF_8);
    check(commonsText());
    check(handlebars());
    check(copyPieces());
    check(copyWhole());
  }

  /**
   * Compares with known differences: URLEncoder encodes a space as a plus, and JSON may escape
   * slashes and non-ASCII characters.
   */
  private void check(String other) {
    String same =
        scenario.kind == Template.Kind.JSON ? other.replace("\\/", "/") : other.replace("+", "%20");
    if (!same.equals(ours())) {
      throw new IllegalStateException("not the same: " + same + " and " + ours());
    }
  }

  /** The finished text, split at the macros. */
  private byte[][] pieces() {
    List<byte[]> cut = new ArrayList<>();
    String rest = source;
    for (int open = macro(rest, 0); open >= 0; open = macro(rest, 0)) {
      cut.add(rest.substring(0, open).getBytes(StandardCharsets.UTF_8));
      int close = rest.indexOf('}', open);
      String alone = rest.substring(open, close + 1);
      cut.add(
          (scenario.kind == Template.Kind.JSON
                  ? StringEscapeUtils.escapeJson(texts.get(alone.substring(1, alone.length() - 1)))
                      .replace("\\/", "/")
                  : Template.of("https://a/?" + alone, Template.Kind.URL)
                      .expand(values)
                      .substring("https://a/?".length()))
              .getBytes(StandardCharsets.UTF_8));
      rest = rest.substring(close + 1);
    }
    cut.add(rest.getBytes(StandardCharsets.UTF_8));
    return cut.toArray(byte[][]::new);
  }

  /** The start of the next macro; a brace of a JSON body is followed by a quote. */
  private static int macro(String text, int from) {
    int open = text.indexOf('{', from);
    return open >= 0 && open + 1 < text.length() && text.charAt(open + 1) == '"'
        ? macro(text, open + 1)
        : open;
  }

  @Benchmark
  public String ours() {
    return template.expand(values);
  }

  @Benchmark
  public String commonsText() {
    return substitutor.replace(commonsSource);
  }

  @Benchmark
  public String handlebars() throws IOException {
    return handlebars.apply(texts);
  }

  /** Copies the finished pieces: fixed texts and encoded values, all prepared. */
  @Benchmark
  public String copyPieces() {
    int length = 0;
    for (byte[] piece : pieces) {
      length += piece.length;
    }
    byte[] out = new byte[length];
    int at = 0;
    for (byte[] piece : pieces) {
      System.arraycopy(piece, 0, out, at, piece.length);
      at += piece.length;
    }
    return new String(out, StandardCharsets.UTF_8);
  }

  /** Copies the finished text in one step. */
  @Benchmark
  public String copyWhole() {
    return new String(finished, StandardCharsets.UTF_8);
  }
}
