package com.natifico.postback.cli.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.natifico.postback.cli.api.AffiliateApi;
import com.natifico.postback.cli.api.ApiConnection;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds conversions by the id that the user has, whichever it is. */
final class Lookup {
  private static final String DIGITS = "0123456789abcdefghjkmnpqrstvwxyz";
  private static final String DIGIT = "[" + DIGITS + "]";

  /**
   * The id of an event, which begins with its time in milliseconds, or of a delivery: the event's
   * id, a dot and the id of the postback.
   */
  private static final Pattern OURS =
      Pattern.compile("(%1$s{9})-%1$s{16}-(?:%1$s{24}|%1$s{8})(\\..+)?".formatted(DIGIT));

  private static final int EVENTS_OF_A_MILLISECOND = 50;

  private final AffiliateApi api;
  private final int requests;
  private final Consumer<String> progress;

  /**
   * @param requests the limit of requests of the search for a click id
   * @param progress called with the time until which the search has come
   */
  Lookup(AffiliateApi api, int requests, Consumer<String> progress) {
    this.api = api;
    this.requests = requests;
    this.progress = progress;
  }

  /** What an id was found to be. */
  enum IdKind {
    DELIVERY,
    EVENT,
    CONVERSION,
    CLICK
  }

  /**
   * What was found.
   *
   * @param conversions empty if nothing was found
   * @param searchedUntil the time until which the search has come; null if it is complete
   */
  record Found(@Nullable IdKind by, List<String> conversions, @Nullable String searchedUntil) {}

  Found find(String id) throws InterruptedException {
    Matcher ours = OURS.matcher(id);
    if (ours.matches()) {
      boolean isDelivery = ours.group(2) != null;
      String conversion = isDelivery ? ofDelivery(id) : ofEvent(id, time(ours.group(1)));
      if (conversion != null) {
        return new Found(isDelivery ? IdKind.DELIVERY : IdKind.EVENT, List.of(conversion), null);
      }
    }
    if (api.find("/conversions/" + ApiConnection.segment(id), Map.of()) != null) {
      return new Found(IdKind.CONVERSION, List.of(id), null);
    }
    return byClick(id);
  }

  private @Nullable String ofDelivery(String id) throws InterruptedException {
    JsonNode delivery = api.find("/deliveries/" + ApiConnection.segment(id), Map.of());
    return delivery == null ? null : delivery.path("conversion_id").asText();
  }

  private static Instant time(String digits) {
    return Instant.ofEpochMilli(
        digits.chars().mapToLong(DIGITS::indexOf).reduce(0, (sum, digit) -> sum * 32 + digit));
  }

  private @Nullable String ofEvent(String id, Instant at) throws InterruptedException {
    Set<String> found = new LinkedHashSet<>();
    api.list(
        "/conversions",
        Map.of("since", at.toString(), "until", at.plusMillis(1).toString()),
        EVENTS_OF_A_MILLISECOND,
        requests,
        event -> {
          if (event.path("event_id").asText().equals(id)) {
            found.add(event.path("conversion_id").asText());
          }
        },
        page -> {});
    return found.isEmpty() ? null : found.iterator().next();
  }

  /** Ends with the first page that has a match. */
  private Found byClick(String id) throws InterruptedException {
    Set<String> conversions = new LinkedHashSet<>();
    String cursor = "";
    String searchedUntil = null;
    for (int made = 0; made < requests; made++) {
      JsonNode page =
          api.find("/conversions", Map.of("ref_id", id, "limit", "50", "cursor", cursor));
      if (page == null) {
        break;
      }
      page.path("items").forEach(event -> conversions.add(event.path("conversion_id").asText()));
      searchedUntil = page.path("next").isNull() ? null : page.path("searched_until").asText();
      if (searchedUntil == null || !conversions.isEmpty()) {
        break;
      }
      progress.accept(searchedUntil);
      cursor = page.path("next").asText();
    }
    return new Found(
        conversions.isEmpty() ? null : IdKind.CLICK, List.copyOf(conversions), searchedUntil);
  }
}
