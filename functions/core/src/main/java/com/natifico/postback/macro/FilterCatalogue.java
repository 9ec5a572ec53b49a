package com.natifico.postback.macro;

import java.util.List;
import java.util.stream.Stream;

/**
 * The descriptions of all filters. {@code GET /v1/macros}, the OpenAPI document and the console
 * show this table, and the affiliates' page repeats it. It is a class of its own, because the
 * functions that expand templates do not need the texts and do not load them.
 */
public final class FilterCatalogue {
  private static final List<FilterDescription> ALL =
      Stream.of(FilterName.values()).map(FilterCatalogue::describe).toList();

  private FilterCatalogue() {}

  /** Every filter, in the order in which they are listed. */
  public static List<FilterDescription> all() {
    return ALL;
  }

  private static FilterDescription describe(FilterName name) {
    return switch (name) {
      case DEFAULT ->
          filter(
              name, "Replaces a missing or empty value by this text.", "{sum|default:0}", "", "0");
      case MAP ->
          filter(
              name,
              "Replaces each of these values by its replacement; any other value does not change.",
              "{status_text|map:approved=sale,declined=rejected}",
              "approved",
              "sale");
      case FORMAT ->
          filter(
              name,
              "Writes a date or time by a pattern of yyyy, MM, dd, HH, mm and ss; a time zone such"
                  + " as Europe/Berlin may follow after a comma, otherwise it is UTC.",
              "{date|format:yyyy-MM-dd}",
              "2026-11-02 14:03:09",
              "2026-11-02");
      case MULTIPLY ->
          filter(
              name,
              "Multiplies a number by this factor, without rounding.",
              "{sum|multiply:0.8}",
              "12.50",
              "10");
      case SCALE ->
          filter(
              name,
              "Rounds a number half up to this many digits after the decimal point.",
              "{sum|scale:2}",
              "12.5",
              "12.50");
      case UPPER -> filter(name, "Writes in upper case.", "{status_text|upper}", "hold", "HOLD");
      case LOWER -> filter(name, "Writes in lower case.", "{geo|lower}", "DE", "de");
      case TRIM ->
          filter(
              name,
              "Removes blanks and invisible characters before and after the value.",
              "{user_id|trim}",
              " u-5512 ",
              "u-5512");
      case DIGITS ->
          filter(
              name,
              "Keeps only the digits 0 to 9, such as those of a telephone number.",
              "{custom_field1|digits}",
              "+49 (30) 1234-5",
              "493012345");
      case SHA256 ->
          filter(
              name,
              "Writes the SHA-256 hash of the value's UTF-8 bytes in lower-case hexadecimal digits;"
                  + " an empty value does not change.",
              "{user_id|sha256}",
              "u-5512",
              "f89536e54ec6139535c43e5af74b0c33774896ba7bb3a72ce4f355874ae5f471");
      case MS ->
          filter(
              name,
              "Writes unix seconds as milliseconds.",
              "{timestamp|ms}",
              "1793628189",
              "1793628189000");
      case RAW ->
          filter(
              name,
              "Writes the value as it is, without encoding it for a URL or JSON, except for"
                  + " characters that are invalid there.",
              "{referrer|raw}",
              "https://blog.example/review",
              "https://blog.example/review");
    };
  }

  private static FilterDescription filter(
      FilterName name, String description, String example, String value, String result) {
    return new FilterDescription(name.word(), name.syntax(), description, example, value, result);
  }
}
