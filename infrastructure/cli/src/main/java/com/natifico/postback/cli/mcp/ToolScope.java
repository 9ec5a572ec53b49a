package com.natifico.postback.cli.mcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.natifico.postback.cli.api.AffiliateApi;
import com.natifico.postback.cli.api.AffiliateApi.KeyOwner;
import com.natifico.postback.cli.api.ApiConnection;
import com.natifico.postback.cli.mcp.McpTool.Argument;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The affiliates that tools may be about: one, or with an account manager's key any, which each
 * call then names.
 *
 * @param affiliate the only one; null if each call names one
 */
record ToolScope(ApiConnection connection, KeyOwner owner, @Nullable AffiliateApi affiliate) {
  private static final String AFFILIATE = "affiliate_id";

  /**
   * @param named the affiliate that the process was started for; null if none was named
   */
  static ToolScope of(ApiConnection connection, @Nullable String named)
      throws InterruptedException {
    KeyOwner owner = KeyOwner.ask(connection);
    boolean isAny = owner instanceof KeyOwner.AccountManager && named == null;
    return new ToolScope(connection, owner, isAny ? null : owner.affiliate(connection, named));
  }

  List<Argument> arguments(Argument... own) {
    return affiliate != null
        ? List.of(own)
        : Stream.concat(
                Stream.of(Argument.required(AFFILIATE, "The affiliate's id.")), Stream.of(own))
            .toList();
  }

  AffiliateApi api(ObjectNode arguments) {
    return affiliate != null
        ? affiliate
        : owner.affiliate(connection, arguments.path(AFFILIATE).asText());
  }
}
