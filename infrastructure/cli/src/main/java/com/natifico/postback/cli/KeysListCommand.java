package com.natifico.postback.cli;

import com.natifico.postback.cli.output.RowWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the keys, without the keys themselves, which are stored as hashes. */
@Command(name = "list", description = "Lists all keys by their ids, with what each may do.")
final class KeysListCommand implements Callable<Integer> {
  private final Surroundings surroundings;
  @Mixin private final ApiOptions options;
  @Mixin private final OutputOptions output = new OutputOptions();

  KeysListCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
    this.options = new ApiOptions(surroundings);
  }

  @Override
  public Integer call() throws InterruptedException {
    RowWriter rows = RowWriter.ofList(output.format(), KeysCommand.COLUMNS, surroundings.out());
    options
        .connection()
        .list("/v1/keys", Map.of(), Integer.MAX_VALUE, Integer.MAX_VALUE, rows::add, page -> {});
    rows.end();
    return ExitStatus.OK;
  }
}
