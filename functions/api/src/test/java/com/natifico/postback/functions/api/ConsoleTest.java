package com.natifico.postback.functions.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.natifico.postback.contract.OpenApi;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConsoleTest {
  private static final Path FOLDER =
      Path.of(System.getProperty("project.root"), "functions/api/src/main/resources/console");
  private static final ConsoleFiles FILES = ConsoleFiles.load();
  private static final Pattern IMPORT =
      Pattern.compile("^(?:import|export)(?: [^;=(]* from)? \"([^\"]+)\";$", Pattern.MULTILINE);
  private static final Pattern TEXTS = Pattern.compile("texts\\.[a-z]+\\.js");
  private static final int MAX_BYTES = 150_000;

  private final ApiHarness api = new ApiHarness();

  private APIGatewayV2HTTPResponse page(Map<String, String> headers) {
    return get("GET /", Map.of(), headers);
  }

  private APIGatewayV2HTTPResponse file(String version, String name, Map<String, String> headers) {
    return get("GET /console/{version}/{file}", Map.of("version", version, "file", name), headers);
  }

  private APIGatewayV2HTTPResponse get(
      String route, Map<String, String> path, Map<String, String> headers) {
    return api.handle(
        APIGatewayV2HTTPEvent.builder()
            .withRouteKey(route)
            .withPathParameters(path)
            .withHeaders(headers)
            .build());
  }

  private static Map<String, String> gzip() {
    return Map.of("accept-encoding", "gzip, deflate, br");
  }

  private static String unzipped(@Nullable String base64) throws IOException {
    byte[] bytes = Base64.getDecoder().decode(base64);
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void servesEveryConsoleFileAndTheLibraries() throws IOException {
    try (Stream<Path> paths = Files.list(FOLDER)) {
      Set<String> names =
          paths.map(path -> path.getFileName().toString()).collect(Collectors.toSet());
      assertTrue(names.remove("index.html"));
      names.addAll(Set.of("preact.min.umd.js", "hooks.umd.js"));
      assertEquals(new TreeSet<>(names), new TreeSet<>(FILES.files().keySet()));
    }
  }

  @Test
  void thePageNamesEveryFileWithItsVersion() {
    String html = page(Map.of()).getBody();
    for (String name : FILES.files().keySet()) {
      assertTrue(html.contains("\"/console/" + FILES.version() + "/" + name + "\""), name);
    }
    assertFalse(html.contains("{version}"));
  }

  @Test
  void everyModuleImportsOnlyExistingModules() throws IOException {
    Map<String, Set<String>> imports = imports();
    imports.forEach(
        (module, imported) ->
            assertTrue(imports.keySet().containsAll(imported), module + " imports " + imported));
  }

  @Test
  void noModulesImportEachOtherInACircle() throws IOException {
    Map<String, Set<String>> remaining = imports();
    boolean removed = true;
    while (removed) {
      removed = remaining.values().removeIf(each -> Collections.disjoint(each, remaining.keySet()));
    }
    assertEquals(Map.of(), remaining, "the modules of a circle, and the modules that import them");
  }

  /** The console's own modules, each with the modules that it imports, as the imports name them. */
  private static Map<String, Set<String>> imports() throws IOException {
    Map<String, Set<String>> imports = new TreeMap<>();
    for (String name : FILES.files().keySet()) {
      if (name.endsWith(".js") && !name.endsWith(".umd.js")) {
        imports.put(
            "./" + name,
            IMPORT
                .matcher(Files.readString(FOLDER.resolve(name)))
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toSet()));
      }
    }
    return imports;
  }

  /**
   * A literal that looks like a sentence must come from the texts, unless it is a name that
   * browsers define.
   */
  @Test
  void takesAllSentencesFromItsTexts() throws IOException {
    Set<String> names = Set.of("Enter", "Escape", "AbortError", "Bearer ${key}");
    Pattern literal = Pattern.compile("[\"`]([A-Z][a-z]+[^\"`]*)[\"`]");
    for (String name : FILES.files().keySet()) {
      if (name.endsWith(".js") && !name.endsWith(".umd.js") && !name.startsWith("texts.")) {
        String source =
            Files.readString(FOLDER.resolve(name)).replaceAll("(?m)^\\s*(//|/?\\*).*$", "");
        assertEquals(
            Set.of(),
            literal
                .matcher(source)
                .results()
                .map(match -> match.group(1))
                .filter(text -> !names.contains(text))
                .collect(Collectors.toSet()),
            name);
      }
    }
  }

  @Test
  void hasAStrictContentSecurityPolicy() {
    for (APIGatewayV2HTTPResponse answer :
        new APIGatewayV2HTTPResponse[] {page(Map.of()), file("x", "app.js", Map.of())}) {
      Map<String, String> headers = answer.getHeaders();
      String policy = headers.getOrDefault("content-security-policy", "");
      assertTrue(policy.startsWith("default-src 'none';"));
      assertFalse(policy.contains("unsafe"));
      assertFalse(policy.contains("http"));
      assertEquals("nosniff", headers.get("x-content-type-options"));
      assertEquals("no-referrer", headers.get("referrer-policy"));
    }
    String html = page(Map.of()).getBody();
    assertFalse(
        Pattern.compile("<script(?![^>]* src=)|<style| style=| on[a-z]+=").matcher(html).find());
  }

  @ParameterizedTest
  @CsvSource({
    "app.js,   text/javascript; charset=utf-8",
    "app.css,  text/css; charset=utf-8",
    "icon.svg, image/svg+xml",
    "preact.min.umd.js, text/javascript; charset=utf-8",
  })
  void setsTheContentType(String name, String contentType) {
    assertEquals(contentType, file("x", name, Map.of()).getHeaders().get("content-type"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nowhere.js",
        "index.html",
        "../app.js",
        "..%2Fapp.js",
        "APP.JS",
        "LICENSE",
        "app.js/"
      })
  void returns404ForOtherFiles(String name) {
    APIGatewayV2HTTPResponse answer = file(FILES.version(), name, gzip());
    assertEquals(404, answer.getStatusCode());
    assertEquals("application/problem+json", answer.getHeaders().get("content-type"));
  }

  @Test
  void compressesForClientsThatAcceptGzip() throws IOException {
    APIGatewayV2HTTPResponse plain = file("x", "app.js", Map.of());
    APIGatewayV2HTTPResponse zipped = file("x", "app.js", gzip());
    assertFalse(plain.getIsBase64Encoded());
    assertNull(plain.getHeaders().get("content-encoding"));
    assertTrue(zipped.getIsBase64Encoded());
    assertEquals("gzip", zipped.getHeaders().get("content-encoding"));
    assertEquals(plain.getBody(), unzipped(zipped.getBody()));
    assertEquals("accept-encoding", plain.getHeaders().get("vary"));
    assertNotEquals(plain.getHeaders().get("etag"), zipped.getHeaders().get("etag"));
  }

  @ParameterizedTest
  @CsvSource({
    "gzip, true", "'br, gzip;q=0.5', true", "GZIP, true", "'gzip;q=0', false",
    "'gzip; q=0.0', false", "identity, false", "x-gzip2, false", "'', false",
  })
  void parsesAcceptEncoding(String accepted, boolean zipped) {
    assertEquals(zipped, page(Map.of("accept-encoding", accepted)).getIsBase64Encoded());
  }

  @Test
  void returns304ForTheFormThatTheClientHas() {
    String tag = page(gzip()).getHeaders().get("etag");
    APIGatewayV2HTTPResponse unchanged =
        page(Map.of("accept-encoding", "gzip", "if-none-match", "\"other\", W/" + tag));
    assertEquals(304, unchanged.getStatusCode());
    assertEquals("", unchanged.getBody());
    assertEquals(tag, unchanged.getHeaders().get("etag"));
    assertEquals(200, page(Map.of("if-none-match", tag)).getStatusCode());
    assertEquals(
        200, page(Map.of("accept-encoding", "gzip", "if-none-match", "*x")).getStatusCode());
  }

  @Test
  void isCachedForeverOnlyUnderItsOwnVersion() {
    assertEquals(
        "public, max-age=31536000, immutable",
        file(FILES.version(), "app.js", Map.of()).getHeaders().get("cache-control"));
    assertEquals("no-cache", file("another", "app.js", Map.of()).getHeaders().get("cache-control"));
    assertEquals("no-cache", page(Map.of()).getHeaders().get("cache-control"));
  }

  @Test
  void anyChangeChangesTheVersion() {
    ConsoleFile one = new ConsoleFile("text/css", "a");
    ConsoleFile other = new ConsoleFile("text/css", "b");
    assertNotEquals(one.hash(), other.hash());
    assertNotEquals(one.tag(true), other.tag(true));
    assertArrayEquals(one.gzipped(), one.gzipped());
  }

  @Test
  void staysBelowItsSizeLimit() {
    int sum = Base64.getDecoder().decode(page(gzip()).getBody()).length;
    int longestTexts = 0;
    for (String name : FILES.files().keySet()) {
      int length = Base64.getDecoder().decode(file("x", name, gzip()).getBody()).length;
      // A visitor loads the texts of one language.
      if (TEXTS.matcher(name).matches()) {
        longestTexts = Math.max(longestTexts, length);
      } else {
        sum += length;
      }
    }
    assertTrue(longestTexts > 0 && sum + longestTexts < MAX_BYTES, sum + longestTexts + " bytes");
  }

  @Test
  void pausingKeepsEveryMemberOfAPostback() throws IOException {
    Set<String> replaceable = new TreeSet<>();
    new ObjectMapper()
        .readTree(OpenApi.document())
        .at("/components/schemas/PostbackRequest/properties")
        .fieldNames()
        .forEachRemaining(replaceable::add);
    // Write-only: the API keeps it if it is omitted.
    replaceable.remove("signing_secret");

    Matcher list =
        Pattern.compile("const REPLACED =\\s+\"([a-z_ ]+)\"")
            .matcher(Files.readString(FOLDER.resolve("postbacks.js")));

    assertTrue(list.find());
    assertEquals(replaceable, new TreeSet<>(Set.of(list.group(1).split(" "))));
  }
}
