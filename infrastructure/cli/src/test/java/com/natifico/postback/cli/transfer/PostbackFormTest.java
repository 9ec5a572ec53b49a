package com.natifico.postback.cli.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.natifico.postback.cli.api.ApiJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PostbackFormTest {
  /** As the API answers. */
  private static final String STORED =
      """
      {"postback_id":"pb_1","affiliate_id":"77","offer_id":null,"url":"https://x.example/{ref_id}",
       "method":"GET","body":null,"content_type":null,"headers":{"X-A":"1"},"secrets":["token"],
       "statuses":["approved","hold"],"goals":["Sale"],"revisions":"ignore","also_global":false,
       "label":null,"state":"active","paused_reason":null,"signed":true,"signature":"hmac",
       "stale":"drop","max_per_second":2,"created_at":"2026-11-02T14:03:09.250Z","version":3,
       "tracker":"voluum","answer_rules":null,"effective_answer_rules":[],"warnings":[]}
      """;

  private static ObjectNode json(String text) throws Exception {
    return (ObjectNode) ApiJson.MAPPER.readTree(text);
  }

  @Test
  void isEqualToWhatWasExported() throws Exception {
    assertEquals(true, PostbackForm.isEqual(PostbackForm.exported(json(STORED)), json(STORED)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                                      | true",
        "{\"statuses\":[\"5\",\"1\"]}            | true",
        "{\"statuses\":[\"approved\"]}           | false",
        "{\"goals\":[\"sale\"]}                  | true",
        "{\"goals\":[]}                          | false",
        "{\"max_per_second\":2.0}                | true",
        "{\"max_per_second\":null}               | false",
        "{\"offer_id\":1042}                     | false",
        "{\"label\":\"x\"}                       | false",
        "{\"method\":null,\"state\":null}        | true",
        "{\"state\":\"paused\"}                  | false",
        "{\"headers\":{\"X-A\":\"2\"}}           | false",
        "{\"secrets\":{\"token\":\"new\"}}       | true",
        "{\"secrets\":{\"other\":\"new\"}}       | false",
        "{\"secrets\":{\"token\":null}}          | false",
        "{\"signing_secret\":\"whsec_x\"}        | true",
        "{\"signed\":false}                      | false",
        "{\"signature\":\"ed25519\"}             | false",
        "{\"tracker\":null}                      | false",
        "{\"answer_rules\":[]}                   | false",
      })
  void comparesMembersInOneSpelling(String changes, boolean equal) throws Exception {
    ObjectNode row =
        json(
            """
            {"url":"https://x.example/{ref_id}","headers":{"X-A":"1"},"statuses":["approved","hold"],
             "goals":["Sale"],"max_per_second":2,"tracker":"voluum"}
            """);
    row.setAll(json(changes));
    assertEquals(equal, PostbackForm.isEqual(row, json(STORED)));
  }

  @Test
  void requestsNothingReadOnlyAndRemovesASignature() throws Exception {
    assertEquals(
        "{\"url\":\"u\",\"signing_secret\":null}",
        PostbackForm.request(
                json("{\"url\":\"u\",\"postback_id\":\"pb_1\",\"version\":3,\"signed\":false}"))
            .toString());
    assertEquals(
        "{\"url\":\"u\"}",
        PostbackForm.request(json("{\"url\":\"u\",\"signed\":true}")).toString());
  }
}
