package com.natifico.postback.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.natifico.postback.cli.api.ApiConnection;
import com.natifico.postback.cli.api.ApiJson;
import com.natifico.postback.cli.api.UsageProblem;
import com.natifico.postback.cli.output.RowWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/**
 * Restricts a key. The API replaces all of what a key may do, so what is not given here is taken
 * from the key as it is.
 */
@Command(
    name = "narrow",
    description = {
      "Restricts a key, which stays the same.",
      "A restriction that is given replaces the one of its kind; the others are kept."
    })
final class KeysNarrowCommand implements Callable<Integer> {
  private static final List<String> KEPT =
      List.of("label", "status_map", "offer_ids", "cidrs", "expires_at");

  private final Surroundings surroundings;
  @Mixin private final ApiOptions options;
  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final KeyBoundsOptions bounds;

  @Parameters(index = "0", paramLabel = "KEY_ID", description = "The key's id, as listed.")
  private String keyId = "";

  KeysNarrowCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
    this.options = new ApiOptions(surroundings);
    this.bounds = new KeyBoundsOptions(surroundings);
  }

  @Override
  public Integer call() throws InterruptedException {
    if (bounds.isEmpty()) {
      throw new UsageProblem("Give --offer, --cidr, --expires-at or --label.");
    }
    ApiConnection api = options.connection();
    ObjectNode request = ApiJson.object();
    JsonNode key = find(api);
    for (String member : KEPT) {
      if (!key.path(member).isNull()
          && !(key.path(member).isContainerNode() && key.path(member).isEmpty())) {
        request.set(member, key.path(member));
      }
    }
    bounds.putInto(request);
    JsonNode changed = api.put("/v1/keys/" + ApiConnection.segment(keyId), request, null);
    RowWriter rows = RowWriter.ofList(output.format(), KeysCommand.COLUMNS, surroundings.out());
    rows.add(changed);
    rows.end();
    return ExitStatus.OK;
  }

  private JsonNode find(ApiConnection api) throws InterruptedException {
    List<JsonNode> found = new ArrayList<>();
    api.list(
        "/v1/keys",
        Map.of(),
        Integer.MAX_VALUE,
        Integer.MAX_VALUE,
        key -> {
          if (key.path("key_id").asText().equals(keyId)) {
            found.add(key);
          }
        },
        page -> {});
    if (found.isEmpty()) {
      throw new UsageProblem("There is no key with the id %s: see keys list.".formatted(keyId));
    }
    return found.getFirst();
  }
}
