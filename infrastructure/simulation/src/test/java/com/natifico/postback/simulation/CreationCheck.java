package com.natifico.postback.simulation;

import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.PostbackStore;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Checks that a request to create a postback, repeated under one name, has created exactly one, and
 * that the answer names it.
 */
final class CreationCheck {
  private final Journal journal;
  private final Consumer<String> violations;

  CreationCheck(Journal journal, Consumer<String> violations) {
    this.journal = journal;
    this.violations = violations;
  }

  void check() {
    for (Journal.Created created : journal.creations()) {
      List<String> stored =
          journal.effects().stream()
              .filter(effect -> effect.is("PostbackStore", "create"))
              .filter(effect -> effect.result() == PostbackStore.Written.DONE)
              .map(effect -> (Postback) Objects.requireNonNull(effect.arguments().getFirst()))
              .filter(postback -> created.affiliateId().equals(postback.affiliateId()))
              .filter(postback -> created.name().equals(postback.settings().label()))
              .map(Postback::postbackId)
              .toList();
      if (!stored.equals(List.of(created.postbackId()))) {
        violations.accept(
            "%s was answered with %s, and created %s"
                .formatted(created.name(), created.postbackId(), stored));
      }
    }
  }
}
