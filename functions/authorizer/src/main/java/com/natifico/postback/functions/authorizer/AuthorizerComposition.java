package com.natifico.postback.functions.authorizer;

import com.natifico.postback.access.Authentication;
import com.natifico.postback.access.KeyHash;
import com.natifico.postback.aws.AwsClients;
import com.natifico.postback.aws.Environment;
import com.natifico.postback.aws.dynamodb.DynamoDbKeyStore;
import java.util.Map;

/** The real things that this function talks to: the table of keys, and nothing else. */
final class AuthorizerComposition {
  private AuthorizerComposition() {}

  /**
   * @throws RuntimeException if the environment lacks something or has something wrong in it
   */
  static Authentication authentication(Map<String, String> variables) {
    return authentication(variables, new AwsClients(variables));
  }

  static Authentication authentication(Map<String, String> variables, AwsClients clients) {
    Environment environment = new Environment(variables);
    String bootstrap = environment.or("BOOTSTRAP_ADMIN_KEY_HASH", "");
    return new Authentication(
        new DynamoDbKeyStore(clients.dynamoDb(), environment.required("KEYS_TABLE")),
        bootstrap.isEmpty() ? null : new KeyHash(bootstrap));
  }
}
