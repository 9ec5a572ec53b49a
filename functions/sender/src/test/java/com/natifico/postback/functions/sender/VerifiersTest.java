package com.natifico.postback.functions.sender;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.natifico.postback.contract.answer.AnswerJson;
import com.natifico.postback.contract.answer.KeySetAnswer;
import com.natifico.postback.delivery.Callback;
import com.natifico.postback.delivery.ReportedEvent;
import com.natifico.postback.delivery.Transport;
import com.natifico.postback.egress.EgressGuard;
import com.natifico.postback.functions.sender.http.HttpTransport;
import com.natifico.postback.postback.CallbackRequest;
import com.natifico.postback.postback.HttpMethod;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.SecretWrites;
import com.natifico.postback.postback.Secrets;
import com.natifico.postback.postback.SigningSecret;
import com.natifico.postback.signature.SigningKey;
import com.natifico.postback.signature.SigningKeys;
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
import java.security.InvalidAlgorithmParameterException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.security.spec.NamedParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Runs the verifiers of the documentation as receivers of callbacks that the sender has signed. A
 * language that is not installed is skipped, and so is Python's verifier of Ed25519 without the
 * package that it needs.
 */
final class VerifiersTest {
  private static final Path PAGES =
      Path.of(System.getProperty("project.root"), "infrastructure/docs");
  private static final Pattern CODE = Pattern.compile("(?ms)^```(\\w+)\\n(.*?)^```$");
  private static final String POSTBACK = "p2";

  /** A path that routers would change, and a query that parsers would. */
  private static final String TARGET = "//a/../b%2Fc?x=%7B%20+&y=ä&x=2&&z";

  private final HttpTransport transport =
      new HttpTransport(EgressGuard.of(Map.of("EGRESS_ALLOW", "127.0.0.0/8")));
  @TempDir Path folder;
  private Receiver keys;

  /** The signatures, each with the page of its verifiers. */
  enum Kind {
    HMAC("signatures.md", 40, secret('1'), secret('2')),
    ED25519("signatures-ed25519.md", 80, privateKey('1'), privateKey('2'));

    private final String page;
    private final int maxLines;
    private final String first;
    private final String second;

    Kind(String page, int maxLines, String first, String second) {
      this.page = page;
      this.maxLines = maxLines;
      this.first = first;
      this.second = second;
    }
  }

  /** Published as well as the first key of {@link Kind#ED25519}. */
  private static final String NEXT = privateKey('3');

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

    private boolean isInstalled(Kind kind) throws Exception {
      String command = this == GO ? "go" : start.split(" ", 2)[0];
      boolean found =
          Stream.of(System.getenv("PATH").split(File.pathSeparator))
              .anyMatch(folder -> Files.isExecutable(Path.of(folder, command)));
      return found
          && (this != PYTHON
              || kind != Kind.ED25519
              || new ProcessBuilder("python3", "-c", "import cryptography").start().waitFor() == 0);
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

  @BeforeEach
  void open() throws IOException {
    keys = new Receiver();
  }

  @AfterEach
  void close() {
    keys.close();
    transport.close();
  }

  private static String secret(char c) {
    return "whsec_"
        + Base64.getEncoder()
            .encodeToString(String.valueOf(c).repeat(24).getBytes(StandardCharsets.US_ASCII));
  }

  private static final KeyPairGenerator PAIRS = pairs();

  private static KeyPairGenerator pairs() {
    try {
      return KeyPairGenerator.getInstance("Ed25519");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A pair whose private key is this character, 32 times. */
  private static KeyPair pair(char c) {
    try {
      PAIRS.initialize(
          NamedParameterSpec.ED25519,
          new SecureRandom() {
            @Override
            public void nextBytes(byte[] bytes) {
              Arrays.fill(bytes, (byte) c);
            }
          });
      return PAIRS.generateKeyPair();
    } catch (InvalidAlgorithmParameterException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] publicKey(char c) {
    byte[] encoded = pair(c).getPublic().getEncoded();
    return Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
  }

  private static String privateKey(char c) {
    return "whsk_"
        + Base64.getEncoder()
            .encodeToString(String.valueOf(c).repeat(32).getBytes(StandardCharsets.US_ASCII));
  }

  /** What the API answers about the first key and the next one. */
  private static String published() {
    return AnswerJson.write(
        KeySetAnswer.of(
            Stream.of('1', '3')
                .map(
                    c ->
                        new SigningKey(
                            "k" + c,
                            Base64.getUrlEncoder().withoutPadding().encodeToString(publicKey(c))))
                .toList()));
  }

  private static String code(Kind kind, Verifier verifier) throws IOException {
    return CODE.matcher(Files.readString(PAGES.resolve(kind.page)))
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
    return signed(POSTBACK, request, after, secrets);
  }

  private static Signed signed(
      String postbackId, CallbackRequest request, Duration after, String... secrets) {
    ScriptedTransport sent = new ScriptedTransport();
    Outside outside = new Outside(sent);
    outside.clock.advance(Duration.between(outside.clock.instant(), Instant.now().plus(after)));
    Postback postback = Samples.postback(postbackId, Samples.OFFER);
    outside.postbacks.create(
        Samples.with(
            postback,
            postback
                .settings()
                .withSigningSecrets(
                    Stream.of(secrets)
                        .map(
                            value ->
                                value.startsWith("whsk_")
                                    ? networkKey(outside, value)
                                    : new SigningSecret.Inline(value, null))
                        .toList())));
    outside.sender.handle(
        Samples.message(
            new Callback(
                Samples.event("c-1").id().deliveryId(postbackId),
                postbackId,
                ReportedEvent.of(Samples.event("c-1")),
                request)));
    return new Signed(request, sent.received().getFirst().headers());
  }

  private static SigningSecret networkKey(Outside outside, String privateKey) {
    String kid = "000000000-" + privateKey.length();
    assertTrue(
        outside.signingKeys.replace(
            new SigningKeys(1, List.of(new SigningKey(kid, ""))),
            new SecretWrites(new Secrets(Map.of(), Map.of(kid, privateKey)), Set.of(), Set.of())));
    return new SigningSecret.Network();
  }

  private static Map<String, Signed> accepted(Kind kind) {
    String first = kind.first;
    String second = kind.second;
    Map<String, Signed> cases = new LinkedHashMap<>();
    cases.put("GET", signed(get("/p?c=1"), Duration.ZERO, first));
    cases.put("GET of a target that is easily changed", signed(get(TARGET), Duration.ZERO, first));
    cases.put("GET without a path", signed(get("?c=1"), Duration.ZERO, first));
    cases.put("GET with an empty query", signed(get("/p?"), Duration.ZERO, first));
    cases.put("JSON", signed(json("{\"city\": \"Köln\",  \"sum\": 1.50}\n"), Duration.ZERO, first));
    cases.put(
        "form",
        signed(
            post(TARGET, "a=1&b=%20+&a=2", "application/x-www-form-urlencoded"),
            Duration.ZERO,
            first));
    cases.put(
        "POST without a body", signed(post("/p", "", "application/json"), Duration.ZERO, first));
    cases.put("four minutes old", signed(get("/p"), Duration.ofMinutes(-4), first));
    switch (kind) {
      case HMAC -> {
        cases.put("before a rotation ends", signed(get(TARGET), Duration.ZERO, second, first));
        cases.put("after a rotation began", signed(get(TARGET), Duration.ZERO, first, second));
        cases.put("and with the network's key", signed(get(TARGET), Duration.ZERO, NEXT, first));
      }
      case ED25519 -> {
        cases.put("with the next key", signed(get(TARGET), Duration.ZERO, NEXT));
        cases.put("and with a secret", signed(get(TARGET), Duration.ZERO, secret('1'), first));
        Signed get = signed(get("/p"), Duration.ZERO, first);
        cases.put(
            "beside a signature of an unknown key",
            get.with(
                "webhook-signature",
                signed(get("/p"), Duration.ZERO, second).header("webhook-signature")
                    + " "
                    + get.header("webhook-signature")));
      }
    }
    return cases;
  }

  private static Map<String, Signed> refused(Kind kind) {
    String first = kind.first;
    Signed get = signed(get("/p?c=1&sum=2"), Duration.ZERO, first);
    Signed json = signed(json("{\"sum\":1}"), Duration.ZERO, first);
    Map<String, Signed> cases = new LinkedHashMap<>();
    cases.put("changed query", get.with(get("/p?c=1&sum=3")));
    cases.put("query in another order", get.with(get("/p?sum=2&c=1")));
    cases.put("changed path", get.with(get("/q?c=1&sum=2")));
    cases.put("additional slash", get.with(get("//p?c=1&sum=2")));
    cases.put("changed body", json.with(json("{\"sum\":2}")));
    cases.put("formatted body", json.with(json("{\"sum\": 1}")));
    cases.put("without a body", json.with(json("")));
    cases.put("six minutes old", signed(get("/p"), Duration.ofMinutes(-6), first));
    cases.put("six minutes early", signed(get("/p"), Duration.ofMinutes(6), first));
    cases.put(
        "another time", get.with("webhook-timestamp", "" + Instant.now().getEpochSecond() + 9));
    cases.put("no time", get.with("webhook-timestamp", null));
    cases.put("not a time", get.with("webhook-timestamp", "now"));
    cases.put("another id", get.with("webhook-id", "x"));
    cases.put("no id", get.with("webhook-id", null));
    cases.put("signed with another secret", signed(get("/p"), Duration.ZERO, kind.second));
    cases.put(
        "signed with the other kind",
        signed(get("/p"), Duration.ZERO, kind == Kind.HMAC ? NEXT : secret('1')));
    if (kind == Kind.ED25519) {
      cases.put("of another postback", signed("p3", get("/p"), Duration.ZERO, first));
      cases.put(
          "of another postback with the id at the end",
          signed("p3." + POSTBACK, get("/p"), Duration.ZERO, first));
    }
    cases.put("not signed", signed(get("/p"), Duration.ZERO));
    cases.put("only the body signed", get.with("webhook-url-signature", null));
    cases.put("only the URL signed", get.with("webhook-signature", null));
    cases.put("signature cut off", get.with("webhook-signature", "v1,"));
    cases.put("signature not in ASCII", get.with("webhook-signature", "v1,\u00e4"));
    cases.put(
        "another version",
        get.with("webhook-signature", get.header("webhook-signature").replaceFirst("v1", "v2")));
    cases.put(
        "signature too short",
        get.with("webhook-signature", get.header("webhook-signature").substring(0, 24)));
    cases.put(
        "the URL's signature for the body",
        get.with("webhook-signature", get.header("webhook-url-signature")));
    return cases;
  }

  @ParameterizedTest
  @EnumSource
  void acceptsWhatTheSenderSignedWithASecretAndNothingElse(Verifier verifier) throws Exception {
    acceptsWhatTheSenderSignedAndNothingElse(Kind.HMAC, verifier);
  }

  @ParameterizedTest
  @EnumSource
  void acceptsWhatTheSenderSignedWithTheNetworksKeyAndNothingElse(Verifier verifier)
      throws Exception {
    acceptsWhatTheSenderSignedAndNothingElse(Kind.ED25519, verifier);
    assertTrue(
        keys.requests().size() <= 3, () -> "it fetches the keys again: " + keys.requests().size());
  }

  private void acceptsWhatTheSenderSignedAndNothingElse(Kind kind, Verifier verifier)
      throws Exception {
    assumeTrue(verifier.isInstalled(kind), verifier + " is not installed");
    keys.answers(200, published());
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Process running = start(kind, verifier, port);
    try {
      await(running, port);
      List<String> wrong = new ArrayList<>();
      accepted(kind).forEach((name, signed) -> expect(204, name, signed, port, wrong));
      refused(kind).forEach((name, signed) -> expect(401, name, signed, port, wrong));
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

  private Process start(Kind kind, Verifier verifier, int port) throws Exception {
    Files.writeString(folder.resolve("verifier." + verifier.extension), code(kind, verifier));
    if (verifier == Verifier.GO) {
      assertEquals(0, run(List.of("go", "build", "verifier.go"), port).waitFor(), this::output);
    }
    return run(List.of(verifier.start.replace("PORT", "" + port).split(" ")), port);
  }

  private Process run(List<String> command, int port) throws IOException {
    ProcessBuilder process = new ProcessBuilder(command).directory(folder.toFile());
    process.environment().put("SECRET", Kind.HMAC.first);
    process.environment().put("JWKS_URL", keys.url("/.well-known/jwks.json"));
    process.environment().put("POSTBACK_ID", POSTBACK);
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
    for (Kind kind : Kind.values()) {
      for (Verifier verifier : Verifier.values()) {
        String code = code(kind, verifier);
        assertTrue(!code.isEmpty() && code.lines().count() <= kind.maxLines, kind + " " + verifier);
      }
    }
  }
}
