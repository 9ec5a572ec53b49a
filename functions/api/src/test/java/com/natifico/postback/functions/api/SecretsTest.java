package com.natifico.postback.functions.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.natifico.postback.postback.NeededSecrets;
import com.natifico.postback.postback.PostbackKey;
import com.natifico.postback.postback.Secrets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code secrets} of a postback over HTTP. */
final class SecretsTest {
  private static final String PATH = "/v1/affiliates/77/postbacks";
  private static final String URL = "https://track.example.com/p?c={ref_id}&k={secret.key}";

  private final ApiHarness api = new ApiHarness();
  private final ApiHarness.Caller affiliate = api.affiliate("77");

  private static String json(String url, String more) {
    return "{\"url\": \"" + url + "\"" + more + "}";
  }

  private String created(String url, String more) {
    ApiHarness.Answer answer = affiliate.post(PATH, json(url, more)).expect(201);
    return Objects.requireNonNull(answer.header("location"));
  }

  private Map<String, String> stored(String path) {
    return secrets(path).named();
  }

  private Secrets secrets(String path) {
    String id = path.substring(path.lastIndexOf('/') + 1);
    return api.postbacks.find(new PostbackKey("77", id), new NeededSecrets(Set.of(), Set.of()));
  }

  private ApiHarness.Answer put(String path, String url, String more) {
    return affiliate.put(path, json(url, more));
  }

  private static String names(JsonNode postback) {
    return postback.get("secrets").toString();
  }

  @Test
  void answersNamesOnly() {
    ApiHarness.Answer answer =
        affiliate
            .post(PATH, json(URL, ", \"secrets\": {\"key\": \"v4lue\", \"a\": \"v4lue2\"}"))
            .expect(201);
    assertEquals("[\"a\",\"key\"]", names(answer.json()));
    String path = Objects.requireNonNull(answer.header("location"));
    ApiHarness.Answer read = affiliate.get(path).expect(200);
    assertEquals("[\"a\",\"key\"]", names(read.json()));
    for (String text : List.of(answer.text(), read.text(), affiliate.get(PATH).text())) {
      assertFalse(text.contains("v4lue"), text);
    }
    assertEquals(Map.of("key", "v4lue", "a", "v4lue2"), stored(path));
    assertEquals("[]", names(affiliate.post(PATH, json("https://t.example/p", "")).json()));
  }

  @Test
  void keepsReplacesAndRemoves() {
    String path = created(URL, ", \"secrets\": {\"key\": \"1\", \"a\": \"2\"}");
    put(path, URL, "").expect(200);
    assertEquals(Map.of("key", "1", "a", "2"), stored(path));
    put(path, URL, ", \"secrets\": {\"key\": \"3\"}").expect(200);
    assertEquals(Map.of("key", "3", "a", "2"), stored(path));
    assertEquals(
        "[\"key\"]",
        names(put(path, URL, ", \"secrets\": {\"a\": null, \"b\": null}").expect(200).json()));
    assertEquals(Map.of("key", "3"), stored(path));
    put(path, URL, ", \"secrets\": null").expect(200);
    put(path, URL, ", \"secrets\": []").expect(200);
    assertEquals(Map.of("key", "3"), stored(path));
  }

  @Test
  void takesWhatGetGave() {
    String path = created(URL, ", \"secrets\": {\"key\": \"1\", \"a\": \"2\"}");
    ApiHarness.Answer read = affiliate.get(path).expect(200);
    affiliate.put(path, read.text()).expect(200);
    assertEquals(Map.of("key", "1", "a", "2"), stored(path));
    ApiHarness.Answer unknown = put(path, URL, ", \"secrets\": [\"kez\"]").expect(422);
    assertEquals(List.of("secrets unknown_secret"), unknown.errors());
  }

  @Test
  void deletesThemWithThePostback() {
    String path = created(URL, ", \"secrets\": {\"key\": \"1\"}");
    affiliate.delete(path).expect(204);
    assertEquals(Secrets.NONE, secrets(path));
  }

  @Test
  void refusesToRemoveWhatIsUsed() {
    String path = created(URL, ", \"secrets\": {\"key\": \"1\"}");
    ApiHarness.Answer refused = put(path, URL, ", \"secrets\": {\"key\": null}").expect(422);
    assertEquals(List.of("secrets.key secret_in_use"), refused.errors());
    assertEquals(Map.of("key", "1"), stored(path));
    put(path, "https://track.example.com/p", ", \"secrets\": {\"key\": null}").expect(200);
    assertEquals(Map.of(), stored(path));
  }

  @Test
  void writesNothingWithAStaleVersion() {
    String path = created(URL, ", \"secrets\": {\"key\": \"1\"}");
    affiliate
        .put(path, json(URL, ", \"secrets\": {\"key\": \"2\"}"), "if-match", "\"7\"")
        .expect(412);
    assertEquals(Map.of("key", "1"), stored(path));
  }

  @Test
  void refusesAPlaceholderWithoutItsSecret() {
    assertEquals(
        List.of("url unknown_secret"), affiliate.post(PATH, json(URL, "")).expect(422).errors());
    ApiHarness.Answer near =
        affiliate
            .post(
                PATH,
                json(
                    URL,
                    ", \"method\": \"POST\", \"body\": \"{\\\"t\\\": \\\"{secret.token}\\\"}\","
                        + " \"headers\": {\"X-T\": \"{secret.tokem}\"},"
                        + " \"secrets\": {\"key\": \"1\", \"tokens\": \"2\"}"))
            .expect(422);
    assertEquals(List.of("body unknown_secret", "headers.X-T unknown_secret"), near.errors());
    assertEquals("secret.tokens", near.json().at("/errors/0/suggestion").asText());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"Key\": \"1\"}          | secrets.Key invalid_secret_name",
        "{\"1a\": \"1\"}           | secrets.1a invalid_secret_name",
        "{\"a.b\": \"1\"}          | secrets.a.b invalid_secret_name",
        "{\"a\": \"\"}             | secrets.a empty",
        "{\"a\": 1}                | secrets.a wrong_type",
        "{\"a\": \"x\\u0007s3cr\"} | secrets.a control_character",
        "\"text\"                  | secrets wrong_type",
        "[1]                       | secrets wrong_type",
      })
  void refusesInvalidSecrets(String secrets, String error) {
    ApiHarness.Answer refused =
        affiliate
            .post(PATH, json("https://t.example/p?c={ref_id}", ", \"secrets\": " + secrets))
            .expect(422);
    assertEquals(List.of(error), refused.errors());
    assertFalse(refused.text().contains("s3cr"), refused.text());
  }

  @Test
  void limitsLengthAndNumber() {
    String fits = ", \"secrets\": {\"key\": \"" + "\u2603".repeat(1024) + "\"}";
    created(URL, fits);
    String tooLong = ", \"secrets\": {\"key\": \"" + "x".repeat(1025) + "\"}";
    assertEquals(
        List.of("secrets.key too_long"),
        affiliate.post(PATH, json("https://t.example/p?c={ref_id}", tooLong)).expect(422).errors());
    StringBuilder many = new StringBuilder("\"key\": \"1\"");
    for (int i = 0; i < 20; i++) {
      many.append(", \"k").append(i).append("\": \"1\"");
    }
    assertEquals(
        List.of("secrets too_many"),
        affiliate.post(PATH, json(URL, ", \"secrets\": {" + many + "}")).expect(422).errors());
  }

  private static final String IN_HEADER = ", \"headers\": {\"X-K\": \"k {secret.key}\"}";

  @ParameterizedTest
  @CsvSource({"ü", "' a'", "'a '"})
  void refusesASecretThatDoesNotFitItsHeaderInEitherOrder(String unfit) {
    String secret = ", \"secrets\": {\"key\": \"" + unfit + "\"}";
    List<String> expected = List.of("headers.X-K secret_unfit_for_header");
    assertEquals(
        expected, affiliate.post(PATH, json(URL, IN_HEADER + secret)).expect(422).errors());

    String path = created(URL, secret);
    assertEquals(expected, put(path, URL, IN_HEADER).expect(422).errors());
    put(path, URL, IN_HEADER + ", \"secrets\": {\"key\": \"fits it\"}").expect(200);
    assertEquals(expected, put(path, URL, IN_HEADER + secret).expect(422).errors());
    assertEquals(Map.of("key", "fits it"), stored(path));
  }

  @Test
  void measuresAHeaderWithItsSecrets() {
    String path = created(URL, ", \"secrets\": {\"key\": \"" + "x".repeat(1022) + "\"}");
    put(path, URL, IN_HEADER).expect(200);
    assertEquals(
        List.of("headers.X-K secret_unfit_for_header"),
        put(path, URL, ", \"headers\": {\"X-K\": \"kk {secret.key}\"}").expect(422).errors());
  }

  @Test
  void previewsThePlaceholders() {
    ApiHarness.Answer preview =
        affiliate
            .post(
                PATH + "/preview",
                json(
                    URL,
                    IN_HEADER
                        + ", \"method\": \"POST\", \"body\": \"k={secret.other}\","
                        + " \"secrets\": {\"key\": \"v4lue\"}"))
            .expect(200);
    assertFalse(preview.text().contains("v4lue"), preview.text());
    assertEquals("k={secret.other}", preview.json().get("body").asText());
    assertEquals("k {secret.key}", preview.json().at("/headers/X-K").asText());
    affiliate
        .post(PATH + "/preview", json(URL, ", \"secrets\": [\"key\"], \"recent\": 1"))
        .expect(200);
  }
}
