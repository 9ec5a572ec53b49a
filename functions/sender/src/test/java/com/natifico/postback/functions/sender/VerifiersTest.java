package com.natifico.postback.functions.sender;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.natifico.postback.delivery.Callback;
import com.natifico.postback.delivery.ReportedEvent;
import com.natifico.postback.delivery.Transport;
import com.natifico.postback.egress.EgressGuard;
import com.natifico.postback.functions.sender.http.HttpTransport;
import com.natifico.postback.postback.CallbackRequest;
import com.natifico.postback.postback.HttpMethod;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.SigningSecret;
import com.natifico.postback.testing.Samples;
import com.natifico.postback.testing.ScriptedTransport;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Runs the verifiers of the documentation as receivers of callbacks that the sender has signed. A
 * language that is not installed is skipped.
 */
final class VerifiersTest {
  private static final Path PAGE =
      Path.of(System.getProperty("project.root"), "infrastructure/docs/signatures.md");
  private static final Pattern CODE = Pattern.compile("(?ms)^```(\\w+)\\n(.*?)^```$");
  private static final int MAX_LINES = 40;
  private static final String FIRST = secret('1');
  private static final String SECOND = secret('2');

  /** A path that routers would change, and a query that parsers would. */
  private static final String TARGET = "//a/../b%2Fc?x=%7B%20+&y=ä&x=2&&z";

  private final HttpTransport transport =
      new HttpTransport(EgressGuard.of(Map.of("EGRESS_ALLOW", "127.0.0.0/8")));
  @TempDir Path folder;

  /** As the code blocks are named. */
  enum Verifier {
    PHP("php", "php -S 127.0.0.1:PORT verifier.php"),
    JS("mjs", "node verifier.mjs"),
    PYTHON("py", "python3 verifier.py"),
    GO("go", "./verifier");

    private final String extension;
    private final String start;

    Verifier(String extension, String start) {
      this.extension = extension;
      this.start = start;
    }

    private boolean isInstalled() {
      String command = this == GO ? "go" : start.split(" ", 2)[0];
      return Stream.of(System.getenv("PATH").split(File.pathSeparator))
          .anyMatch(folder -> Files.isExecutable(Path.of(folder, command)));
    }
  }

  private record Signed(CallbackRequest request, Map<String, String> headers) {
    Signed with(CallbackRequest changed) {
      return new Signed(changed, headers);
    }

    Signed with(String header, @Nullable String value) {
      Map<String, String> changed = new HashMap<>(headers);
      if (value == null) {
        changed.remove(header);
      } else {
        changed.put(header, value);
      }
      return new Signed(request, changed);
    }

    String header(String name) {
      return headers.getOrDefault(name, "");
    }
  }

  @AfterEach
  void close() {
    transport.close();
  }

  private static String secret(char c) {
    return "whsec_"
        + Base64.getEncoder()
            .encodeToString(String.valueOf(c).repeat(24).getBytes(StandardCharsets.US_ASCII));
  }

  private static String code(Verifier verifier) throws IOException {
    return CODE.matcher(Files.readString(PAGE))
        .results()
        .filter(block -> block.group(1).equals(verifier.name().toLowerCase(Locale.ROOT)))
        .map(block -> block.group(2))
        .collect(Collectors.joining());
  }

  private static CallbackRequest get(String target) {
    return new CallbackRequest(HttpMethod.GET, "http://127.0.0.1" + target, null, null);
  }

  private static CallbackRequest post(String target, String body, String type) {
    return new CallbackRequest(HttpMethod.POST, "http://127.0.0.1" + target, body, type);
  }

  private static CallbackRequest json(String body) {
    return post("/p?c=1", body, "application/json");
  }

  /** What the sender sends after this time from now. */
  private static Signed signed(CallbackRequest request, Duration after, String... secrets) {
    ScriptedTransport sent = new ScriptedTransport();
    Outside outside = new Outside(sent);
    outside.clock.advance(Duration.between(outside.clock.instant(), Instant.now().plus(after)));
    Postback postback = Samples.postback("p2", Samples.OFFER);
    outside.postbacks.create(
        Samples.with(
            postback,
            postback
                .settings()
                .withSigningSecrets(
                    Stream.of(secrets)
                        .<SigningSecret>map(value -> new SigningSecret.Inline(value, null))
                        .toList())));
    outside.sender.handle(
        Samples.message(
            new Callback(
                Samples.event("c-1").id().deliveryId("p2"),
                "p2",
                ReportedEvent.of(Samples.event("c-1")),
                request)));
    return new Signed(request, sent.received().getFirst().headers());
  }

  private static Signed signed(CallbackRequest request) {
    return signed(request, Duration.ZERO, FIRST);
  }

  private static Map<String, Signed> accepted() {
    Map<String, Signed> cases = new LinkedHashMap<>();
    cases.put("GET", signed(get("/p?c=1")));
    cases.put("GET of a target that is easily changed", signed(get(TARGET)));
    cases.put("GET without a path", signed(get("?c=1")));
    cases.put("GET with an empty query", signed(get("/p?")));
    cases.put("JSON", signed(json("{\"city\": \"Köln\",  \"sum\": 1.50}\n")));
    cases.put("form", signed(post(TARGET, "a=1&b=%20+&a=2", "application/x-www-form-urlencoded")));
    cases.put("POST without a body", signed(post("/p", "", "application/json")));
    cases.put("four minutes old", signed(get("/p"), Duration.ofMinutes(-4), FIRST));
    cases.put("before a rotation ends", signed(get(TARGET), Duration.ZERO, SECOND, FIRST));
    cases.put("after a rotation began", signed(get(TARGET), Duration.ZERO, FIRST, SECOND));
    return cases;
  }

  private static Map<String, Signed> refused() {
    Signed get = signed(get("/p?c=1&sum=2"));
    Signed json = signed(json("{\"sum\":1}"));
    Map<String, Signed> cases = new LinkedHashMap<>();
    cases.put("changed query", get.with(get("/p?c=1&sum=3")));
    cases.put("query in another order", get.with(get("/p?sum=2&c=1")));
    cases.put("changed path", get.with(get("/q?c=1&sum=2")));
    cases.put("additional slash", get.with(get("//p?c=1&sum=2")));
    cases.put("changed body", json.with(json("{\"sum\":2}")));
    cases.put("formatted body", json.with(json("{\"sum\": 1}")));
    cases.put("without a body", json.with(json("")));
    cases.put("six minutes old", signed(get("/p"), Duration.ofMinutes(-6), FIRST));
    cases.put("six minutes early", signed(get("/p"), Duration.ofMinutes(6), FIRST));
    cases.put(
        "another time", get.with("webhook-timestamp", "" + Instant.now().getEpochSecond() + 9));
    cases.put("no time", get.with("webhook-timestamp", null));
    cases.put("not a time", get.with("webhook-timestamp", "now"));
    cases.put("another id", get.with("webhook-id", "x"));
    cases.put("no id", get.with("webhook-id", null));
    cases.put("signed with another secret", signed(get("/p"), Duration.ZERO, SECOND));
    cases.put("not signed", signed(get("/p"), Duration.ZERO));
    cases.put("only the body signed", get.with("webhook-url-signature", null));
    cases.put("only the URL signed", get.with("webhook-signature", null));
    cases.put("signature cut off", get.with("webhook-signature", "v1,"));
    cases.put("signature not in ASCII", get.with("webhook-signature", "v1,\u00e4"));
    cases.put(
        "another version",
        get.with("webhook-signature", get.header("webhook-signature").replace("v1,", "v2,")));
    cases.put(
        "the URL's signature for the body",
        get.with("webhook-signature", get.header("webhook-url-signature")));
    return cases;
  }

  @ParameterizedTest
  @EnumSource
  void acceptsWhatTheSenderSignedAndNothingElse(Verifier verifier) throws Exception {
    assumeTrue(verifier.isInstalled(), verifier + " is not installed");
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Process running = start(verifier, port);
    try {
      await(running, port);
      List<String> wrong = new ArrayList<>();
      accepted().forEach((name, signed) -> expect(204, name, signed, port, wrong));
      refused().forEach((name, signed) -> expect(401, name, signed, port, wrong));
      assertEquals(List.of(), wrong);
    } finally {
      running.destroyForcibly().waitFor();
    }
  }

  private void expect(int status, String name, Signed signed, int port, List<String> wrong) {
    CallbackRequest request = signed.request();
    Transport.Exchange exchange =
        transport
            .send(
                new CallbackRequest(
                    request.method(),
                    request.url().replaceFirst("127.0.0.1", "127.0.0.1:" + port),
                    request.body(),
                    request.contentType()),
                signed.headers(),
                Transport.BodyUse.LOG)
            .exchange();
    if (exchange.httpStatus() == null || exchange.httpStatus() != status) {
      wrong.add(name + ": " + exchange.httpStatus() + ", " + exchange.result().error());
    }
  }

  private Process start(Verifier verifier, int port) throws Exception {
    Files.writeString(folder.resolve("verifier." + verifier.extension), code(verifier));
    if (verifier == Verifier.GO) {
      assertEquals(0, run(List.of("go", "build", "verifier.go"), port).waitFor(), this::output);
    }
    return run(List.of(verifier.start.replace("PORT", "" + port).split(" ")), port);
  }

  private Process run(List<String> command, int port) throws IOException {
    ProcessBuilder process = new ProcessBuilder(command).directory(folder.toFile());
    process.environment().put("SECRET", FIRST);
    process.environment().put("PORT", "" + port);
    process.environment().put("GOTOOLCHAIN", "local");
    return process
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("output").toFile())
        .start();
  }

  private String output() {
    try {
      return Files.readString(folder.resolve("output"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private void await(Process running, int port) throws Exception {
    while (!accepts(port)) {
      assertFalse(running.waitFor(20, TimeUnit.MILLISECONDS), this::output);
    }
  }

  private static boolean accepts(int port) {
    try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void everyVerifierIsShort() throws IOException {
    for (Verifier verifier : Verifier.values()) {
      String code = code(verifier);
      assertTrue(!code.isEmpty() && code.lines().count() <= MAX_LINES, verifier.name());
    }
  }
}
