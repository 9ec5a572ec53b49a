package com.natifico.postback.local.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.natifico.postback.local.StartFailure;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParametersTest {
  private static final Section DECLARED =
      new Section(
          "template.yaml.Parameters",
          new YamlReader(Path.of("template.yaml"))
              .read(
                  """
                  Waits:
                    Type: String
                    Default: 1m
                    AllowedPattern: "[0-9]+[sm](,[0-9]+[sm])*"
                    ConstraintDescription: must be waits, as in 1m,5m
                  Seconds: { Type: Number, Default: 5, MinValue: 0, MaxValue: 300 }
                  Days: { Type: Number, Default: 30, AllowedValues: [1, 30] }
                  Name: { Type: String, Default: "", MaxLength: 4 }
                  """));

  private static Map<String, Value> parameters(String overrides) {
    return Parameters.of(DECLARED, Overrides.parse(overrides));
  }

  @Test
  void usesTheDefaults() {
    assertEquals(new Value.Text("1m"), parameters("").get("Waits"));
    assertEquals(new Value.Text(""), parameters("").get("Name"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Waits=1s,2s Name=abc",
        "Waits=\"1s,2s\"   Name='abc'",
        " ParameterKey=Waits,ParameterValue=1s,2s Name=\"a\\bc\" "
      })
  void takesWhatIsGivenAsSamTakesIt(String overrides) {
    assertEquals(new Value.Text("1s,2s"), parameters(overrides).get("Waits"));
    assertEquals(new Value.Text("abc"), parameters(overrides).get("Name"));
  }

  @Test
  void keepsBlanksInQuotes() {
    assertEquals(Map.of("Name", "a b", "Waits", ""), Overrides.parse("Name=\"a b\" Waits="));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Wait=1s | PARAMETER_OVERRIDES: there is no parameter Wait; there are Waits, Seconds, Days,"
            + " Name.",
        "Waits=soon | PARAMETER_OVERRIDES: Waits=soon is not allowed: it must be waits, as in"
            + " 1m,5m.",
        "Seconds=many | PARAMETER_OVERRIDES: Seconds=many is not allowed: it must be a number.",
        "Seconds=-1 | PARAMETER_OVERRIDES: Seconds=-1 is not allowed: it must be at least 0.",
        "Seconds=301 | PARAMETER_OVERRIDES: Seconds=301 is not allowed: it must be at most 300.",
        "Days=2 | PARAMETER_OVERRIDES: Days=2 is not allowed: it must be one of 1, 30.",
        "Name=abcde | PARAMETER_OVERRIDES: Name=abcde is not allowed: it must have 0 to 4"
            + " characters.",
        "Days=1 Days=1 | PARAMETER_OVERRIDES names Days twice: give it once.",
        "Days | PARAMETER_OVERRIDES is not understood at 'Days': write Key=Value Key=\"a value"
            + " with blanks\".",
        "Name=\"open | PARAMETER_OVERRIDES is not understood at 'Name=\"open': write Key=Value"
            + " Key=\"a value with blanks\".",
      })
  void refusesWhatIsNotAllowedInOneLine(String overrides, String message) {
    StartFailure failure = assertThrows(StartFailure.class, () -> parameters(overrides));
    assertEquals(message, failure.getMessage());
  }

  @Test
  void asksForAParameterWithoutDefault() {
    Section declared = new Section("x", new YamlReader(Path.of("x")).read("Key: { Type: String }"));
    StartFailure failure =
        assertThrows(StartFailure.class, () -> Parameters.of(declared, Map.of()));
    assertEquals(
        "PARAMETER_OVERRIDES: the parameter Key has no default: give it as Key=...",
        failure.getMessage());
  }
}
