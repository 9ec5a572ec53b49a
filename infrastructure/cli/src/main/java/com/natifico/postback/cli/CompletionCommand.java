package com.natifico.postback.cli;

import com.natifico.postback.cli.api.UsageProblem;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the completion of a shell. */
@Command(
    name = "completion",
    description = "Prints the script that completes the commands in bash or zsh, for source.")
final class CompletionCommand implements Callable<Integer> {
  private static final Set<String> SHELLS = Set.of("bash", "zsh");

  private final Surroundings surroundings;
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(index = "0", paramLabel = "SHELL", description = "bash or zsh.")
  private String shell = "";

  CompletionCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    if (!SHELLS.contains(shell)) {
      throw new UsageProblem("There is completion for bash and zsh, not for %s.".formatted(shell));
    }
    // The script itself switches zsh to the completion of bash.
    surroundings.out().print(AutoComplete.bash("postback", spec.root().commandLine()));
    return ExitStatus.OK;
  }
}
