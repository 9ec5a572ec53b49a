package com.natifico.postback.functions.authorizer;

import com.natifico.postback.access.Authentication;
import com.natifico.postback.access.KeyHash;
import com.natifico.postback.aws.client.AwsClients;
import com.natifico.postback.aws.client.Environment;
import com.natifico.postback.aws.dynamodb.DynamoDbKeyStore;
import com.natifico.postback.aws.log.Log;
import java.time.InstantSource;
import java.util.Map;

/** Creates the services that this function uses from its environment: only the table of keys. */
final class AuthorizerComposition {
  private AuthorizerComposition() {}

  /**
   * @throws RuntimeException if a variable of the environment is missing or invalid
   */
  static Authentication of(Map<String, String> variables) {
    return of(variables, new AwsClients(variables));
  }

  static Authentication of(Map<String, String> variables, AwsClients clients) {
    Environment environment = new Environment(variables);
    String bootstrap = environment.or("BOOTSTRAP_ADMIN_KEY_HASH", "");
    return new Authentication(
        new DynamoDbKeyStore(clients.dynamoDb(), environment.required("KEYS_TABLE")),
        bootstrap.isEmpty() ? null : new KeyHash(bootstrap),
        InstantSource.system(),
        Log.errors());
  }
}
