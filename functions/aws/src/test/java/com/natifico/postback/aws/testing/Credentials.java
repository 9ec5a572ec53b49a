package com.natifico.postback.aws.testing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The environment variables for a function's identity and region. */
final class Credentials {
  private Credentials() {}

  /** Those of the environment, if there are any; the engines accept any credentials. */
  static Map<String, String> with(String endpointName, String endpoint) {
    Map<String, String> variables = new HashMap<>();
    variables.put("AWS_REGION", "us-east-1");
    variables.put("AWS_ACCESS_KEY_ID", "local");
    variables.put("AWS_SECRET_ACCESS_KEY", "local");
    if (System.getenv(endpointName) != null) {
      for (String name :
          List.of(
              "AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN")) {
        String value = System.getenv(name);
        if (value != null) {
          variables.put(name, value);
        }
      }
    }
    variables.put(endpointName, endpoint);
    return variables;
  }
}
