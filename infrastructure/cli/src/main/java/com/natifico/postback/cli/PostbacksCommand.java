package com.natifico.postback.cli;

import com.natifico.postback.cli.output.Column;
import com.natifico.postback.cli.transfer.PostbackForm;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/** The commands about postbacks. */
@Command(name = "postbacks", description = "Lists, exports and imports postbacks.")
final class PostbacksCommand extends CommandGroup {
  /** For people. */
  static final List<Column> COLUMNS =
      Stream.of(
              "postback_id",
              "affiliate_id",
              "offer_id",
              "label",
              "state",
              "statuses",
              "goals",
              "method",
              "url")
          .map(Column::of)
          .toList();

  /** What can be imported again. */
  static final List<Column> EXPORTED = PostbackForm.EXPORTED.stream().map(Column::of).toList();
}
