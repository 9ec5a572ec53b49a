package com.natifico.postback.macro;

import com.natifico.postback.macro.Macro.Kind;
import java.util.ArrayList;
import java.util.List;

/** The macros of notifications, one per line: name, kind, format, example and description. */
final class NotificationMacros {
  private static final String CATALOGUE =
      """
      event | COMPUTED | paused, resumed, failing, recovered, held, exhausted | paused | What happened.
      postback_id | TEXT | text | pb_1kh2p3q4rabcdefgh | The postback that it happened to, the newest one if there are several.
      label | TEXT | text | Main tracker | The postback's label; empty if it has none.
      offer_id | TEXT | text | 1042 | The offer; empty for a global postback.
      reason | TEXT | text | gone | Why the postback is paused, or the outcome of the last attempt of an exhausted callback.
      count | COMPUTED | whole number from 1 | 1 | How many such events this notification reports.
      at | DATE | yyyy-MM-dd HH:mm:ss, UTC | 2026-11-02 14:03:09 | When it happened, the newest event if there are several.
      """;

  static final List<Macro> ALL = read();

  private NotificationMacros() {}

  private static List<Macro> read() {
    List<Macro> macros = new ArrayList<>();
    for (String line : CATALOGUE.lines().toList()) {
      String[] columns = line.split(" \\| ", -1);
      macros.add(
          new Macro(
              columns[0],
              List.of(),
              columns[4],
              columns[2],
              columns[3],
              Kind.valueOf(columns[1]),
              macros.size()));
    }
    return List.copyOf(macros);
  }
}
