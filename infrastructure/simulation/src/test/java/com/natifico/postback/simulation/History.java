package com.natifico.postback.simulation;

import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.PostbackStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The state of each postback at any time, from the writes to the store. */
final class History {
  private final Map<String, List<Change>> changes = new LinkedHashMap<>();

  /**
   * The state of a postback from a point in time on.
   *
   * @param by the worker that wrote it
   * @param to null if deleted
   */
  record Change(long order, Instant at, Worker by, @Nullable Postback to) {}

  /** A change and what it changed. */
  record Transition(Change before, Change after) {}

  History(Journal journal) {
    for (Journal.Effect effect : journal.effects()) {
      if (!effect.port().equals("PostbackStore") || effect.result() != PostbackStore.Written.DONE) {
        continue;
      }
      List<@Nullable Object> arguments = effect.arguments();
      if (effect.method().equals("delete")) {
        add((String) Objects.requireNonNull(arguments.get(1)), effect, null);
      } else {
        Postback postback = (Postback) Objects.requireNonNull(arguments.getFirst());
        add(postback.postbackId(), effect, postback);
      }
    }
  }

  private void add(String postbackId, Journal.Effect effect, @Nullable Postback to) {
    changes
        .computeIfAbsent(postbackId, _ -> new ArrayList<>())
        .add(new Change(effect.order(), effect.at(), effect.worker(), to));
  }

  /** Every state of the postback between these two times, both included. */
  List<Change> during(String postbackId, Instant from, Instant to) {
    List<Change> all = changes.getOrDefault(postbackId, List.of());
    List<Change> found = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      boolean over = i + 1 < all.size() && all.get(i + 1).at().isBefore(from);
      if (!over && !all.get(i).at().isAfter(to)) {
        found.add(all.get(i));
      }
    }
    return found;
  }

  /**
   * Every configuration of the affiliate that can be seen between these two times.
   *
   * @param mixed whether the changes of different postbacks can be seen in another order than they
   *     were made
   */
  List<List<Postback>> configurations(String affiliateId, Instant from, Instant to, boolean mixed) {
    return mixed
        ? mixedConfigurations(affiliateId, from, to)
        : configurations(affiliateId, from, to);
  }

  private List<List<Postback>> mixedConfigurations(String affiliateId, Instant from, Instant to) {
    List<List<Postback>> all = List.of(List.of());
    for (String postbackId : changes.keySet()) {
      List<Change> states = during(postbackId, from, to);
      List<List<Postback>> longer = new ArrayList<>();
      for (List<Postback> configuration : all) {
        if (states.isEmpty() || states.getFirst().at().isAfter(from)) {
          longer.add(configuration);
        }
        for (Change state : states) {
          List<Postback> with = new ArrayList<>(configuration);
          if (state.to() != null && state.to().affiliateId().equals(affiliateId)) {
            with.add(state.to());
          }
          longer.add(with);
        }
      }
      all = longer.stream().distinct().toList();
    }
    return all;
  }

  private List<List<Postback>> configurations(String affiliateId, Instant from, Instant to) {
    TreeSet<Long> moments = new TreeSet<>();
    for (List<Change> ofOne : changes.values()) {
      ofOne.stream()
          .filter(change -> !change.at().isBefore(from) && !change.at().isAfter(to))
          .forEach(change -> moments.add(change.order()));
    }
    List<List<Postback>> all = new ArrayList<>();
    all.add(configuration(affiliateId, change -> change.at().isBefore(from)));
    moments.forEach(
        moment -> all.add(configuration(affiliateId, change -> change.order() <= moment)));
    return all;
  }

  private List<Postback> configuration(
      String affiliateId, java.util.function.Predicate<Change> happened) {
    List<Postback> found = new ArrayList<>();
    for (List<Change> ofOne : changes.values()) {
      Postback last = null;
      for (Change change : ofOne) {
        if (happened.test(change)) {
          last = change.to();
        }
      }
      if (last != null && last.affiliateId().equals(affiliateId)) {
        found.add(last);
      }
    }
    return found;
  }

  /** All changes of this postback, from its creation on. */
  List<Change> of(String postbackId) {
    return changes.getOrDefault(postbackId, List.of());
  }

  /** All changes except creations. */
  List<Transition> transitions() {
    List<Transition> all = new ArrayList<>();
    for (List<Change> ofOne : changes.values()) {
      for (int i = 1; i < ofOne.size(); i++) {
        all.add(new Transition(ofOne.get(i - 1), ofOne.get(i)));
      }
    }
    return all;
  }
}
