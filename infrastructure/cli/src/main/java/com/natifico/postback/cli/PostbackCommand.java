package com.natifico.postback.cli;

import com.natifico.postback.cli.api.ApiRefusal;
import com.natifico.postback.cli.api.ApiUnreachable;
import com.natifico.postback.cli.api.UsageProblem;
import java.io.BufferedOutputStream;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.core.exception.SdkException;

/** The command {@code postback}. */
@Command(
    name = "postback",
    description = "Works with a deployment of Natifico Postback or its local stack.",
    versionProvider = PostbackCommand.Version.class,
    footer = {
      "",
      "The API and the key are in the variables POSTBACK_URL and POSTBACK_KEY.",
      "It ends with 0 if all is well, 1 if there is a difference or something was refused or did not"
          + " arrive, 2 if it was used wrongly, 3 if the API refused it, and 4 if there was no answer."
    })
public final class PostbackCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  private PostbackCommand() {}

  public static void main(String[] arguments) {
    Surroundings surroundings =
        new Surroundings(
            System.getenv(),
            System.in,
            utf8(FileDescriptor.out),
            utf8(FileDescriptor.err),
            Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent(),
            InstantSource.system(),
            Thread::sleep);
    int status = run(surroundings, arguments);
    surroundings.out().flush();
    System.exit(status);
  }

  /** A stream that is flushed by the commands, so that long output is not slow. */
  private static PrintStream utf8(FileDescriptor file) {
    return new PrintStream(
        new BufferedOutputStream(new FileOutputStream(file)), false, StandardCharsets.UTF_8);
  }

  /** Runs a command and returns its exit status. */
  public static int run(Surroundings surroundings, String... arguments) {
    int status = commandLine(surroundings).execute(arguments);
    surroundings.out().flush();
    surroundings.err().flush();
    return status;
  }

  static CommandLine commandLine(Surroundings surroundings) {
    CommandLine line = new CommandLine(new PostbackCommand());
    line.addSubcommand(
            new CommandLine(new KeysCommand())
                .addSubcommand(new KeysListCommand(surroundings))
                .addSubcommand(new KeysCreateCommand(surroundings))
                .addSubcommand(new KeysNarrowCommand(surroundings))
                .addSubcommand(new KeysRevokeCommand(surroundings)))
        .addSubcommand(
            new CommandLine(new PostbacksCommand())
                .addSubcommand(new PostbacksListCommand(surroundings))
                .addSubcommand(new PostbacksExportCommand(surroundings))
                .addSubcommand(new PostbacksImportCommand(surroundings)))
        .addSubcommand(new DeliveriesCommand(surroundings))
        .addSubcommand(new DoctorCommand(surroundings))
        .addSubcommand(new ResendCommand(surroundings))
        .addSubcommand(new BackfillCommand(surroundings))
        .addSubcommand(new TailCommand(surroundings))
        .addSubcommand(new ReconcileCommand(surroundings))
        .addSubcommand(new EraseCommand(surroundings))
        .addSubcommand(new McpCommand(surroundings))
        .addSubcommand(new CompletionCommand(surroundings));
    line.setUsageHelpAutoWidth(true);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setOut(new PrintWriter(surroundings.out(), true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(surroundings.err(), true, StandardCharsets.UTF_8));
    line.setExecutionExceptionHandler(
        (problem, command, parsed) -> status(problem, surroundings.err()));
    addHelp(line);
    line.getCommandSpec()
        .addOption(
            OptionSpec.builder("--version")
                .versionHelp(true)
                .description("Prints the version.")
                .build());
    return line;
  }

  private static void addHelp(CommandLine line) {
    line.getCommandSpec()
        .addOption(
            OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Explains the command.")
                .build());
    line.getSubcommands().values().forEach(PostbackCommand::addHelp);
  }

  private static int status(Exception problem, PrintStream err) {
    int status =
        switch (problem) {
          case UsageProblem usage -> ExitStatus.USAGE;
          case ApiRefusal refusal -> ExitStatus.REFUSED;
          case ApiUnreachable unreachable -> ExitStatus.UNREACHABLE;
          case SdkException tables -> ExitStatus.UNREACHABLE;
          default -> ExitStatus.FAULT;
        };
    if (status == ExitStatus.FAULT) {
      problem.printStackTrace(err);
    } else {
      String tables = problem instanceof SdkException ? "The tables gave no answer: " : "";
      err.println(tables + problem.getMessage());
    }
    return status;
  }

  /** Without a command there is nothing to do. */
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Name a command.");
  }

  /** The version in the jar's manifest. */
  static final class Version implements IVersionProvider {
    static String name() {
      String version = PostbackCommand.class.getPackage().getImplementationVersion();
      return version == null ? "unknown" : version;
    }

    @Override
    public String[] getVersion() {
      return new String[] {"postback " + name()};
    }
  }
}
