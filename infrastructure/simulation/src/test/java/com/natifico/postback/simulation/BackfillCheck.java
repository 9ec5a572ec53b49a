package com.natifico.postback.simulation;

import com.natifico.postback.conversion.Conversion;
import com.natifico.postback.conversion.ConversionEvent;
import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.postback.Postback;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Checks what back-fills have sent of one event: all that matches, and nothing else. */
final class BackfillCheck {
  private final Cloud cloud;
  private final History history;
  private final ConversionEvent event;
  private final Journal.Effect claim;
  private final List<Delivery> rows = new ArrayList<>();
  private final List<Long> written = new ArrayList<>();

  /** The saves of the rows of later events of the conversion. */
  private final List<Journal.Effect> newer = new ArrayList<>();

  private final Set<String> expected;

  /**
   * @param saves the saves of all rows, by delivery id
   * @param expected the deliveries that the claim calls for
   */
  BackfillCheck(
      Cloud cloud,
      History history,
      ConversionEvent event,
      Journal.Effect claim,
      Map<String, List<Journal.Effect>> saves,
      Set<String> expected) {
    this.cloud = cloud;
    this.history = history;
    this.event = event;
    this.claim = claim;
    this.expected = Set.copyOf(expected);
    saves.forEach(
        (id, ofOne) -> {
          Delivery row = DeliveryCheck.rowOf(ofOne.getFirst());
          if (!row.callback().affiliateId().equals(event.conversion().affiliateId())) {
            return;
          }
          if (id.startsWith(event.id().value() + ".")) {
            rows.add(row);
            written.add(ofOne.getFirst().order());
          } else if (row.callback().conversionId().equals(event.conversion().conversionId())
              && id.compareTo(event.id().value()) > 0) {
            newer.addAll(ofOne);
          }
        });
  }

  /** The postbacks that the claim does not call for and that have a delivery. */
  List<String> sent() {
    return rows.stream()
        .filter(row -> !expected.contains(row.id()))
        .map(row -> row.callback().postbackId())
        .toList();
  }

  /** The deliveries that no back-fill explains. */
  List<String> unasked() {
    return sent().stream()
        .filter(
            postbackId ->
                cloud.journal.backfills().stream()
                    .noneMatch(
                        each ->
                            covers(each, postbackId)
                                && each.until() > claim.order()
                                && fates(each).contains("sent")))
        .map(postbackId -> "sent by no back-fill: " + event.id().value() + "." + postbackId)
        .toList();
  }

  /** What a back-fill should have sent and has not. */
  List<String> missing() {
    return cloud.journal.backfills().stream()
        .filter(each -> covers(each, each.postbackId()) && each.sent())
        .filter(each -> each.since() > claim.order() && isFoundBy(each))
        .filter(each -> !Oracle.claimed(event).containsKey(each.postbackId()) || isSkipped(each))
        .filter(each -> fates(each).equals(Set.of("sent")) && !hasSameRequest(each))
        .filter(each -> !sent().contains(each.postbackId()))
        .filter(each -> !isOvertaken(each))
        .map(each -> "not back-filled: " + event.id().value() + "." + each.postbackId())
        .toList();
  }

  /** Whether a newer event of the conversion had been attempted at the postback. */
  private boolean isOvertaken(Journal.Backfilled backfill) {
    return newer.stream()
        .filter(save -> save.order() < backfill.until())
        .map(DeliveryCheck::rowOf)
        .filter(row -> row.callback().postbackId().equals(backfill.postbackId()))
        .anyMatch(row -> !row.attempts().isEmpty() || row.leasedUntil() != null);
  }

  private boolean covers(Journal.Backfilled backfill, String postbackId) {
    return !event.test()
        && backfill.affiliateId().equals(event.conversion().affiliateId())
        && backfill.postbackId().equals(postbackId);
  }

  /** An event that sent something is found by its first row. */
  private boolean isFoundBy(Journal.Backfilled backfill) {
    return event.callbacks().isEmpty()
        || written.stream().anyMatch(order -> order < backfill.since());
  }

  private boolean isSkipped(Journal.Backfilled backfill) {
    return !Set.of("sent", "paused").contains(Oracle.claimed(event).get(backfill.postbackId()));
  }

  /** What the postback does with this event by every configuration that the back-fill can see. */
  private Set<String> fates(Journal.Backfilled backfill) {
    Set<String> fates = new HashSet<>();
    for (List<Postback> configuration :
        history.configurations(
            event.conversion().affiliateId(),
            backfill.from().minus(cloud.settings.conditions().maximum(Bound.INDEX_LAG)),
            backfill.to(),
            true)) {
      fates.add(
          Objects.requireNonNullElse(
              Oracle.fates(event.conversion(), configuration).get(backfill.postbackId()), "none"));
    }
    return Set.copyOf(fates);
  }

  /** Whether another postback of the event has the same request, now or when it was sent. */
  private boolean hasSameRequest(Journal.Backfilled backfill) {
    Conversion conversion = event.conversion();
    Set<String> urls = new HashSet<>();
    rows.stream()
        .filter(row -> !row.callback().postbackId().equals(backfill.postbackId()))
        .forEach(row -> urls.add(row.callback().request().url()));
    return history.of(backfill.postbackId()).stream()
        .map(History.Change::to)
        .filter(Objects::nonNull)
        .anyMatch(postback -> urls.contains(Oracle.request(postback, conversion).url()));
  }
}
