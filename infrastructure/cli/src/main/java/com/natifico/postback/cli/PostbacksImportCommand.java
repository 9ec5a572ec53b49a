package com.natifico.postback.cli;

import com.natifico.postback.cli.api.AffiliateApi.KeyOwner;
import com.natifico.postback.cli.api.ApiConnection;
import com.natifico.postback.cli.api.UsageProblem;
import com.natifico.postback.cli.output.Column;
import com.natifico.postback.cli.output.ProgressBar;
import com.natifico.postback.cli.output.RowWriter;
import com.natifico.postback.cli.transfer.PostbackFile;
import com.natifico.postback.cli.transfer.PostbackImport;
import com.natifico.postback.cli.transfer.PostbackImport.Action;
import com.natifico.postback.cli.transfer.PostbackImport.Result;
import com.natifico.postback.cli.transfer.PostbackRow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Creates and changes the postbacks of a file. */
@Command(
    name = "import",
    description = {
      "Creates and changes the postbacks of a file.",
      "The file is JSON or CSV, as exported or as the API has it. A row with the postback_id of a"
          + " stored postback changes it; any other row is created, unless there is a postback of equal"
          + " form. With an account manager's key the rows, or --affiliate, name the affiliate."
    })
final class PostbacksImportCommand implements Callable<Integer> {
  private static final List<Column> COLUMNS =
      Stream.of("row", "action", "affiliate_id", "postback_id", "url", "message")
          .map(Column::of)
          .toList();

  private final Surroundings surroundings;
  @Mixin private final ApiOptions.OfAffiliate options;
  @Mixin private final OutputOptions output = new OutputOptions();

  @Parameters(index = "0", paramLabel = "FILE", description = "The file, or - for standard input.")
  private String file = "";

  @Option(names = "--dry-run", description = "Checks each row as on saving, and saves nothing.")
  private boolean isDryRun;

  PostbacksImportCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
    this.options = new ApiOptions.OfAffiliate(surroundings);
  }

  @Override
  public Integer call() throws InterruptedException {
    List<PostbackRow> rows = PostbackFile.read(content());
    ApiConnection connection = options.connection();
    PostbackImport postbacks =
        new PostbackImport(connection, KeyOwner.ask(connection), options.affiliate(), isDryRun);
    boolean isRefused = false;
    RowWriter results = RowWriter.ofList(output.format(), COLUMNS, surroundings.out());
    try (ProgressBar progress = surroundings.progress()) {
      for (int i = 0; i < rows.size(); i++) {
        progress.at(i, rows.size());
        Result result = postbacks.take(rows.get(i));
        isRefused |= result.action() == Action.REFUSED;
        results.add(result.json());
      }
    } finally {
      // What has been done must be known, also if the rest could not be.
      results.flush();
    }
    results.end();
    return isRefused ? ExitStatus.FINDING : ExitStatus.OK;
  }

  private String content() {
    try {
      return new String(
          file.equals("-") ? surroundings.in().readAllBytes() : Files.readAllBytes(Path.of(file)),
          StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UsageProblem("The file %s cannot be read: %s".formatted(file, e));
    }
  }
}
