package com.natifico.postback.postback;

import java.util.List;

/**
 * A ready-made postback for one of the trackers that affiliates use. Link and postback have two
 * halves of one thing, the click id: the tracking link hands it to the network, the postback hands
 * it back.
 *
 * @param id stable, for programs
 * @param name as its maker writes it
 * @param template the postback's URL, with the placeholders still in it
 * @param linkHalf what stands behind {@code &ref_id=} in the tracking link: the tracker's own macro
 *     for its click id, in its own spelling
 * @param placeholders what the affiliate has to fill in, in the order in which they stand
 * @param hint what is easily missed
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
   * @param example how that looks
   */
  public record Placeholder(String name, String description, String example) {}
}
