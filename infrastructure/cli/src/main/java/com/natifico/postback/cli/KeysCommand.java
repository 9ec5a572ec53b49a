package com.natifico.postback.cli;

import com.natifico.postback.cli.output.Column;
import java.util.List;
import picocli.CommandLine.Command;

/** The commands about keys. */
@Command(
    name = "keys",
    description = "Lists, makes, restricts and revokes keys, with an admin's key.")
final class KeysCommand extends CommandGroup {
  static final List<Column> COLUMNS =
      List.of(
          Column.of("key_id"),
          Column.of("role"),
          Column.of("affiliate_id"),
          Column.of("label"),
          Column.of("offer_ids"),
          Column.of("cidrs"),
          Column.of("expires_at"),
          Column.of("last_used_on"),
          Column.of("created_at"),
          Column.ofCsv("status_map"));
}
