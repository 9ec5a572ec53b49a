package com.natifico.postback.simulation;

import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.delivery.DeliveryFilter;
import com.natifico.postback.delivery.DeliveryLog;
import com.natifico.postback.delivery.DeliveryStatus;
import com.natifico.postback.delivery.Outcome;
import com.natifico.postback.statistics.Counter;
import com.natifico.postback.statistics.StatisticsStore;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Checks that the counters are the sums over the rows of the log, those that expired included. */
final class StatisticsCheck {
  private final Cloud cloud;
  private final Consumer<String> violations;

  StatisticsCheck(Cloud cloud, Consumer<String> violations) {
    this.cloud = cloud;
    this.violations = violations;
  }

  void check() {
    for (String affiliateId : OutsideWorld.AFFILIATES) {
      Map<String, Long> counted = counted(affiliateId);
      Map<String, Long> logged = logged(affiliateId);
      if (!counted.equals(logged)) {
        violations.accept("counted wrongly: " + counted + " instead of " + logged);
      }
    }
  }

  private Map<String, Long> counted(String affiliateId) {
    Map<String, Long> counted = new TreeMap<>();
    for (StatisticsStore.Hour hour :
        cloud.stream.counters().read(affiliateId, Instant.EPOCH, Instant.MAX)) {
      for (Counter counter : Counter.values()) {
        long count = hour.counters().count(counter);
        if (count != 0) {
          counted.put(
              hour.key().hour() + " " + hour.key().postback().postbackId() + " " + counter, count);
        }
      }
    }
    return counted;
  }

  private Map<String, Long> logged(String affiliateId) {
    List<Delivery> rows =
        new ArrayList<>(
            cloud
                .log
                .list(affiliateId, DeliveryFilter.ALL, DeliveryLog.Order.OLDEST_FIRST, null, 10_000)
                .items());
    rows.addAll(cloud.expirations.of(affiliateId));
    Map<String, Long> logged = new TreeMap<>();
    for (Delivery row : rows) {
      if (!row.callback().test()) {
        String key =
            row.callback().createdAt().truncatedTo(ChronoUnit.HOURS)
                + " "
                + row.callback().postbackId()
                + " ";
        String state = state(row);
        if (!state.equals("PENDING")) {
          logged.merge(key + state, 1L, Long::sum);
          if (row.history().count() > 0) {
            logged.merge(key + "ATTEMPTS", (long) row.history().count(), Long::sum);
          }
        }
      }
    }
    return logged;
  }

  /** A rejected delivery that is redriven and then fails without an attempt is rejected no more. */
  private static String state(Delivery row) {
    return row.status() instanceof DeliveryStatus.Failed
            && !row.attempts().isEmpty()
            && row.attempts().getLast().outcome() == Outcome.REJECTED
        ? "REJECTED"
        : row.state().name();
  }
}
