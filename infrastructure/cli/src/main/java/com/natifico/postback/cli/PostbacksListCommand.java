package com.natifico.postback.cli;

import com.natifico.postback.cli.output.RowWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists an affiliate's postbacks. */
@Command(name = "list", description = "Lists an affiliate's postbacks, the oldest first.")
final class PostbacksListCommand implements Callable<Integer> {
  private final Surroundings surroundings;
  @Mixin private final ApiOptions.OfAffiliate options;
  @Mixin private final OutputOptions output = new OutputOptions();

  @Option(names = "--offer", paramLabel = "ID", description = "Of this offer alone.")
  private String offer = "";

  @Option(
      names = "--scope",
      paramLabel = "SCOPE",
      description = "global, or offer for those of any offer.")
  private String scope = "";

  PostbacksListCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
    this.options = new ApiOptions.OfAffiliate(surroundings);
  }

  @Override
  public Integer call() throws InterruptedException {
    var postbacks = options.api().postbacks(Map.of("offer_id", offer, "scope", scope));
    RowWriter rows =
        RowWriter.ofList(output.format(), PostbacksCommand.COLUMNS, surroundings.out());
    postbacks.values().forEach(rows::add);
    rows.end();
    return ExitStatus.OK;
  }
}
