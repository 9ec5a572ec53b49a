package com.natifico.postback.cli;

import com.natifico.postback.cli.api.ApiConnection;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Revokes a key. */
@Command(name = "revoke", description = "Revokes a key for good, within AuthorizerCacheSeconds.")
final class KeysRevokeCommand implements Callable<Integer> {
  private final Surroundings surroundings;
  @Mixin private final ApiOptions options;

  @Parameters(index = "0", paramLabel = "KEY_ID", description = "The key's id, as listed.")
  private String keyId = "";

  KeysRevokeCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
    this.options = new ApiOptions(surroundings);
  }

  @Override
  public Integer call() throws InterruptedException {
    options.connection().delete("/v1/keys/" + ApiConnection.segment(keyId));
    surroundings.out().println("revoked " + keyId);
    return ExitStatus.OK;
  }
}
