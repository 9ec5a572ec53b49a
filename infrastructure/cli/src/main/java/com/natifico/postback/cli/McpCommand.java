package com.natifico.postback.cli;

import com.natifico.postback.cli.mcp.McpTools;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Serves the Model Context Protocol. */
@Command(
    name = "mcp",
    description = {
      "Serves assistants (Model Context Protocol) over standard input and output.",
      "Its tools only read, unless --allow-writes is given."
    })
final class McpCommand implements Callable<Integer> {
  private final Surroundings surroundings;
  @Mixin private final ApiOptions.OfAffiliate options;

  @Option(names = "--allow-writes", description = "Also offers resend, pause, resume and backfill.")
  private boolean allowsWrites;

  McpCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
    this.options = new ApiOptions.OfAffiliate(surroundings);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    McpTools.server(
            options.connection(), options.affiliate(), allowsWrites, PostbackCommand.Version.name())
        .serve(surroundings.in(), surroundings.out());
    return ExitStatus.OK;
  }
}
