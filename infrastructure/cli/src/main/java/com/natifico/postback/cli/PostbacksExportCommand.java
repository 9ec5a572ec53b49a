package com.natifico.postback.cli;

import com.natifico.postback.cli.api.AffiliateApi;
import com.natifico.postback.cli.api.AffiliateApi.KeyOwner;
import com.natifico.postback.cli.api.ApiConnection;
import com.natifico.postback.cli.api.UsageProblem;
import com.natifico.postback.cli.output.OutputFormat;
import com.natifico.postback.cli.output.ProgressBar;
import com.natifico.postback.cli.output.RowWriter;
import com.natifico.postback.cli.transfer.PostbackForm;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes the postbacks of one or several affiliates so that they can be imported again. */
@Command(
    name = "export",
    description = {
      "Writes postbacks as JSON or CSV, which can be imported again.",
      "Secrets are never answered, so only their names are in it."
    })
final class PostbacksExportCommand implements Callable<Integer> {
  private final Surroundings surroundings;
  @Mixin private final ApiOptions options;

  @Option(
      names = "--affiliate",
      paramLabel = "ID",
      split = ",",
      description = "An affiliate. Needed with an account manager's key, and repeatable.")
  private List<String> affiliates = List.of();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "json or csv. Default: json.")
  private OutputFormat format = OutputFormat.JSON;

  PostbacksExportCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
    this.options = new ApiOptions(surroundings);
  }

  @Override
  public Integer call() throws InterruptedException {
    if (format == OutputFormat.TABLE) {
      throw new UsageProblem("A table cannot be imported again: give --output json or csv.");
    }
    ApiConnection connection = options.connection();
    KeyOwner owner = KeyOwner.ask(connection);
    List<AffiliateApi> apis =
        affiliates.isEmpty()
            ? List.of(owner.affiliate(connection, null))
            : affiliates.stream().map(each -> owner.affiliate(connection, each)).toList();
    RowWriter rows = RowWriter.ofList(format, PostbacksCommand.EXPORTED, surroundings.out());
    try (ProgressBar progress = surroundings.progress()) {
      for (int i = 0; i < apis.size(); i++) {
        progress.at(i, apis.size());
        apis.get(i).postbacks(Map.of()).values().stream()
            .map(PostbackForm::exported)
            .forEach(rows::add);
      }
    }
    rows.end();
    return ExitStatus.OK;
  }
}
