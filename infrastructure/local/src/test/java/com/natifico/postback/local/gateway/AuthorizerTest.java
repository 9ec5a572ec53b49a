package com.natifico.postback.local.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.natifico.postback.local.AuthorizerHandler;
import com.natifico.postback.local.LocalJournal;
import com.natifico.postback.local.TestProject;
import com.natifico.postback.local.function.FunctionSettings;
import com.natifico.postback.local.function.LocalFunction;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthorizerTest {
  private final String journal = UUID.randomUUID().toString();
  private Instant now = Instant.parse("2026-11-02T14:03:09Z");
  private LocalFunction function;

  @BeforeEach
  void load(@TempDir Path directory) throws Exception {
    Path zip =
        TestProject.zip(
            directory.resolve("authorizer.zip"),
            List.of(AuthorizerHandler.class, LocalJournal.class));
    String handler = AuthorizerHandler.class.getName();
    function =
        LocalFunction.load(
            new FunctionSettings("A", zip, handler, 5, 512, Map.of("JOURNAL", journal)));
  }

  @AfterEach
  void close() {
    function.close();
  }

  private Authorizer authorizer(Duration keep) {
    return new Authorizer(
        new Authorizer.IdentitySource(List.of("authorization"), List.of()),
        function,
        keep,
        () -> now,
        new ObjectMapper());
  }

  private static Authorizer.@Nullable Decision decide(Authorizer authorizer, String key)
      throws Exception {
    Incoming request =
        new Incoming(
            "GET",
            "/",
            "",
            "HTTP/1.1",
            "127.0.0.1",
            List.of(Map.entry("Authorization", key)),
            ByteBuffer.allocate(0));
    return authorizer.decide(
        request, identity -> JsonNodeFactory.instance.objectNode().put("key", identity.getFirst()));
  }

  private int asked() {
    return LocalJournal.of(journal).size();
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "29, 1", "30, 2"})
  void cachesADecision(int secondsLater, int asked) throws Exception {
    Authorizer authorizer = authorizer(Duration.ofSeconds(30));
    decide(authorizer, "good-key");
    now = now.plusSeconds(secondsLater);
    decide(authorizer, "good-key");
    assertEquals(asked, asked());
  }

  @Test
  void cachesARefusal() throws Exception {
    Authorizer authorizer = authorizer(Duration.ofSeconds(30));
    decide(authorizer, "bad");
    Authorizer.Decision again = decide(authorizer, "bad");
    assertNotNull(again);
    assertFalse(again.isAuthorized());
    assertEquals(1, asked());
  }

  @Test
  void asksEveryTimeWithoutACache() throws Exception {
    Authorizer authorizer = authorizer(Duration.ZERO);
    decide(authorizer, "good-key");
    decide(authorizer, "good-key");
    assertEquals(2, asked());
  }

  @Test
  void doesNotAskWithoutIdentity() throws Exception {
    assertNull(decide(authorizer(Duration.ZERO), ""));
    assertEquals(0, asked());
  }
}
