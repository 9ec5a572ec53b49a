package com.natifico.postback.local.template;

import com.natifico.postback.local.StartFailure;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parameters given at the start, in the syntax of {@code sam deploy --parameter-overrides}:
 * {@code Key=Value Key="a value"}, or {@code ParameterKey=Key,ParameterValue=Value}.
 */
public final class Overrides {
  private static final String VALUE = "(\"(?:[^\"\\\\]|\\\\.)*\"|'[^']*'|[^\\s\"']*)";
  private static final Pattern PAIR =
      Pattern.compile(
          "\\s*(?:ParameterKey=([A-Za-z0-9]+),ParameterValue="
              + VALUE
              + "|([A-Za-z0-9]+)="
              + VALUE
              + ")(?=\\s|$)");

  private Overrides() {}

  /**
   * @throws StartFailure if the syntax is wrong, or a parameter is given twice
   */
  public static Map<String, String> parse(String text) {
    Map<String, String> overrides = new LinkedHashMap<>();
    Matcher matcher = PAIR.matcher(text);
    int at = 0;
    while (!text.substring(at).isBlank()) {
      if (!matcher.find(at) || matcher.start() != at) {
        throw new StartFailure(
            "PARAMETER_OVERRIDES is not understood at '"
                + text.substring(at).strip()
                + "': write Key=Value Key=\"a value with blanks\".");
      }
      boolean isLong = matcher.group(1) != null;
      String key = matcher.group(isLong ? 1 : 3);
      if (overrides.put(key, unquoted(matcher.group(isLong ? 2 : 4))) != null) {
        throw new StartFailure("PARAMETER_OVERRIDES names " + key + " twice: give it once.");
      }
      at = matcher.end();
    }
    return overrides;
  }

  private static String unquoted(String value) {
    if (value.startsWith("\"")) {
      return value.substring(1, value.length() - 1).replaceAll("\\\\(.)", "$1");
    }
    return value.startsWith("'") ? value.substring(1, value.length() - 1) : value;
  }
}
