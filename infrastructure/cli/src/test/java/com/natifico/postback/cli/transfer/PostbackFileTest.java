package com.natifico.postback.cli.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.natifico.postback.cli.api.UsageProblem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PostbackFileTest {
  private static List<String> contents(String file) {
    return PostbackFile.read(file).stream().map(row -> row.content().toString()).toList();
  }

  @Test
  void readsAnArrayAndAListOfTheApi() {
    assertEquals(
        List.of("{\"url\":\"a\"}", "{\"url\":\"b\"}"),
        contents("[{\"url\":\"a\"},{\"url\":\"b\"}]"));
    assertEquals(
        List.of("{\"url\":\"a\"}"), contents(" {\"items\":[{\"url\":\"a\"}],\"next\":null}"));
  }

  @Test
  void readsCsvByTheNamesInItsFirstRow() {
    String file =
        """
        affiliate_id,url,statuses,goals,headers,also_global,max_per_second,label
        077,https://x.example/?c={ref_id},"approved, hold","[""a,b""]","{""X-A"":""1""}",true,2.5,
        """;
    assertEquals(
        List.of(
            "{\"affiliate_id\":\"077\",\"url\":\"https://x.example/?c={ref_id}\","
                + "\"statuses\":[\"approved\",\"hold\"],\"goals\":[\"a,b\"],"
                + "\"headers\":{\"X-A\":\"1\"},\"also_global\":true,\"max_per_second\":2.5}"),
        contents(file));
    assertEquals(2, PostbackFile.read(file).getFirst().number());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[1]",
        "{}",
        "[{]",
        "label\nx",
        "url,url\na,b",
        "url,label\na",
        "url,headers\na,{",
        "url\n\"a"
      })
  void namesWhatCannotBeRead(String file) {
    UsageProblem problem = assertThrows(UsageProblem.class, () -> PostbackFile.read(file));
    assertTrue(String.valueOf(problem.getMessage()).length() > 10, problem.toString());
  }
}
