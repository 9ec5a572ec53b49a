package com.natifico.postback.contract.answer;

import com.natifico.postback.postback.Tracker;
import java.util.List;

/** A ready-made postback of the catalogue. */
public record TrackerAnswer(
    String id,
    String name,
    String template,
    String linkHalf,
    List<PlaceholderAnswer> placeholders,
    String hint) {

  public record PlaceholderAnswer(String name, String description, String example) {}

  public static TrackerAnswer of(Tracker tracker) {
    return new TrackerAnswer(
        tracker.id(),
        tracker.name(),
        tracker.template(),
        tracker.linkHalf(),
        tracker.placeholders().stream()
            .map(each -> new PlaceholderAnswer(each.name(), each.description(), each.example()))
            .toList(),
        tracker.hint());
  }
}
