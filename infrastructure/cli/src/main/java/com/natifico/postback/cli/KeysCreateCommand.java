package com.natifico.postback.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.natifico.postback.cli.api.ApiJson;
import com.natifico.postback.cli.output.Column;
import com.natifico.postback.cli.output.RowWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes a key and prints it, once. */
@Command(name = "create", description = "Makes a key and prints it; it is never shown again.")
final class KeysCreateCommand implements Callable<Integer> {
  private static final List<Column> COLUMNS =
      Stream.concat(Stream.of(Column.of("key")), KeysCommand.COLUMNS.stream()).toList();

  private final Surroundings surroundings;
  @Mixin private final ApiOptions options;
  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final KeyBoundsOptions bounds;

  @Option(
      names = "--role",
      required = true,
      paramLabel = "ROLE",
      description = "affiliate, manager, network or admin.")
  private String role = "";

  @Option(
      names = "--affiliate",
      paramLabel = "ID",
      description = "The affiliate that a key of the role affiliate is bound to.")
  private @Nullable String affiliate;

  KeysCreateCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
    this.options = new ApiOptions(surroundings);
    this.bounds = new KeyBoundsOptions(surroundings);
  }

  @Override
  public Integer call() throws InterruptedException {
    ObjectNode request = ApiJson.object().put("role", role);
    if (affiliate != null) {
      request.put("affiliate_id", affiliate);
    }
    bounds.putInto(request);
    JsonNode key = options.connection().post("/v1/keys", request);
    RowWriter rows = RowWriter.ofList(output.format(), COLUMNS, surroundings.out());
    rows.add(key);
    rows.end();
    return ExitStatus.OK;
  }
}
