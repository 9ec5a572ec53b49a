package com.natifico.postback.postback;

import java.util.List;

/**
 * A ready-made postback for one of the trackers that affiliates use. The click id connects two
 * templates: the tracking link passes it to the network, and the postback returns it.
 *
 * @param id stable, for programs
 * @param name in its maker's spelling
 * @param template the postback's URL, with the placeholders still in it
 * @param linkHalf the text after {@code &ref_id=} in the tracking link: the tracker's own macro for
 *     its click id, in its own spelling
 * @param placeholders the placeholders that the affiliate must replace, in their order
 * @param hint what users often miss
 */
public record Tracker(
    String id,
    String name,
    String template,
    String linkHalf,
    List<Placeholder> placeholders,
    String hint) {
  public Tracker {
    placeholders = List.copyOf(placeholders);
  }

  /**
   * A word in capitals in the template.
   *
   * @param name the word
   * @param description what to put in its place
   * @param example an example
   */
  public record Placeholder(String name, String description, String example) {}
}
