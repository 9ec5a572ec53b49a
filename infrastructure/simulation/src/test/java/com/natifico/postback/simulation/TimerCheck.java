package com.natifico.postback.simulation;

import com.natifico.postback.Page;
import com.natifico.postback.delivery.CallbackMessage;
import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.delivery.WakeUps;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/** Checks that the timer stores its progress only after it has enqueued what was due until then. */
final class TimerCheck {
  private final Journal journal;
  private final Consumer<String> violations;
  private final Map<Worker, Set<String>> found = new HashMap<>();

  TimerCheck(Journal journal, Consumer<String> violations) {
    this.journal = journal;
    this.violations = violations;
  }

  void check() {
    for (Journal.Effect effect : journal.effects()) {
      Set<String> open = found.computeIfAbsent(effect.worker(), _ -> new HashSet<>());
      if (effect.is("WakeUps", "completedUntil")) {
        open.clear();
      } else if (effect.is("WakeUps", "find")) {
        due(effect).forEach(open::add);
      } else if (effect.is("CallbackQueue", "send")) {
        messages(effect).forEach(message -> open.remove(message.callback().deliveryId()));
      } else if (effect.is("WakeUps", "complete") && !open.isEmpty() && !isRefused(effect)) {
        violations.accept("the timer has completed a minute without its messages: " + open);
        open.clear();
      }
    }
  }

  /** The rows of the first range that wait without a message. */
  @SuppressWarnings("unchecked") // The arguments and the result of WakeUps.find.
  private static List<String> due(Journal.Effect effect) {
    WakeUps.Range first =
        ((List<WakeUps.Range>) Objects.requireNonNull(effect.arguments().get(1))).getFirst();
    return ((Page<Delivery>) Objects.requireNonNull(effect.result()))
        .items().stream().filter(row -> isDue(row, first, effect.at())).map(Delivery::id).toList();
  }

  private static boolean isDue(Delivery row, WakeUps.Range range, Instant now) {
    Instant wakeAt = row.wakeAt();
    return wakeAt != null
        && range.contains(wakeAt)
        && wakeAt.equals(row.nextAttemptAt())
        && !row.isLeased(now);
  }

  @SuppressWarnings("unchecked") // The argument of CallbackQueue.send.
  private static List<CallbackMessage> messages(Journal.Effect effect) {
    return (List<CallbackMessage>) Objects.requireNonNull(effect.arguments().getFirst());
  }

  /** Whether the queue has refused messages of this timer, which it enqueues at the next look. */
  private boolean isRefused(Journal.Effect effect) {
    return journal.faults().stream()
        .anyMatch(
            fault ->
                fault.step().worker() == effect.worker()
                    && fault.step().port().equals("CallbackQueue"));
  }
}
