package com.natifico.postback.postback;

import com.natifico.postback.rule.JsonPointer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An ad platform, and what it demands of the conversions that are sent to it.
 *
 * @param tracker its entry in the catalogue
 * @param maxAge how old an event may be when it is sent; null if no limit is documented
 * @param demands what the body of every request must have
 * @param hashes the values of the body that must be hashes
 * @param testMode how a request says that it is a test
 */
public record AdPlatform(
    Tracker tracker,
    @Nullable Duration maxAge,
    List<Demand> demands,
    List<Hash> hashes,
    TestMode testMode) {
  public AdPlatform {
    demands = List.copyOf(demands);
    hashes = List.copyOf(hashes);
  }

  public String name() {
    return tracker.name();
  }

  /**
   * Something that the body must have.
   *
   * @param anyOf the alternatives; all members of one of them must have a value
   * @param fields the fields of a conversion that the members are filled from; empty if the
   *     template has the value itself
   */
  public record Demand(List<List<JsonPointer>> anyOf, List<String> fields) {
    public Demand {
      anyOf = anyOf.stream().map(List::copyOf).toList();
      fields = List.copyOf(fields);
    }

    /**
     * @param anyOf pointers, separated by blanks if an alternative has several
     * @param fields separated by blanks
     */
    static Demand of(List<String> anyOf, String fields) {
      return new Demand(
          anyOf.stream()
              .map(each -> Arrays.stream(each.split(" ")).map(JsonPointer::of).toList())
              .toList(),
          fields.isEmpty() ? List.of() : List.of(fields.split(" ")));
    }

    boolean isMetBy(String json) {
      return anyOf.stream()
          .anyMatch(members -> members.stream().allMatch(each -> valueIn(json, each) != null));
    }

    /** The members, for people: {@code user_data.em, or user_data.fbp}. */
    public String members() {
      return anyOf.stream()
          .map(
              members ->
                  members.stream().map(AdPlatform::shown).collect(Collectors.joining(" with ")))
          .collect(Collectors.joining(", or "));
    }
  }

  /**
   * A value that must be a SHA-256 hash if there is one.
   *
   * @param field the field of a conversion that it is filled from
   */
  public record Hash(JsonPointer place, String field) {
    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

    static Hash of(String pointer, String field) {
      return new Hash(JsonPointer.of(pointer), field);
    }

    boolean isRespectedBy(String json) {
      String value = valueIn(json, place);
      return value == null || SHA_256.matcher(value).matches();
    }

    String member() {
      return shown(place);
    }
  }

  /** The value as a text; null if the member is missing, null or an empty text. */
  private static @Nullable String valueIn(String json, JsonPointer place) {
    String value = place.valueIn(json);
    return value == null || value.isBlank() || value.equals("null") ? null : value;
  }

  /** The place in the event, without the list that contains it. */
  private static String shown(JsonPointer place) {
    return place
        .text()
        .replaceFirst("^(/data)?(/data|/events)/0/", "")
        .replaceFirst("/0$", "")
        .replaceFirst("^/", "")
        .replace('/', '.');
  }
}
