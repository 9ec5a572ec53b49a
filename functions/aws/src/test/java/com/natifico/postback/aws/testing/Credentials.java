package com.natifico.postback.aws.testing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a function's environment says of who it is and where it runs. */
final class Credentials {
  private Credentials() {}

  /** The environment's own, as far as there are any; the engines take any. */
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
