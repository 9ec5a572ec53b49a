package com.natifico.postback.local.template;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Rules for the parameters of the template. */
final class ParameterRules {
  /** Types whose format CloudFormation checks. */
  private static final Set<String> LISTS = Set.of("CommaDelimitedList");

  /** The queues that the sender processes. */
  private static final Set<String> WORK = Set.of("CallbackQueue", "RetryQueue", "SlowQueue");

  private ParameterRules() {}

  static final Rule DESCRIBED =
      deployment -> {
        List<String> findings = new ArrayList<>();
        deployment
            .written()
            .section("Parameters")
            .sections()
            .forEach(
                (name, declared) -> {
                  if (declared.text("Description", "").length() < 20) {
                    findings.add(name + " is not described");
                  }
                  if (!declared.has("Default")) {
                    findings.add(name + " has no default");
                  }
                  if (!isLimited(declared)) {
                    findings.add(name + " takes anything");
                  }
                });
        return findings;
      };

  private static boolean isLimited(Section declared) {
    return declared.has("AllowedValues")
        || LISTS.contains(declared.text("Type"))
        || (declared.text("Type").equals("Number")
            ? declared.has("MinValue") && declared.has("MaxValue")
            : declared.has("AllowedPattern") && declared.has("ConstraintDescription"));
  }

  /** An event that is deleted before its last message is processed cannot be completed. */
  static final Rule DATA_OUTLIVES_ITS_WORK =
      deployment -> {
        Section parameters = deployment.written().section("Parameters");
        Duration schedule = Duration.ZERO;
        for (String wait : parameters.section("RetrySchedule").text("Default").split(",", -1)) {
          String time = wait.toUpperCase(Locale.ROOT);
          schedule = schedule.plus(Duration.parse(time.endsWith("D") ? "P" + time : "PT" + time));
        }
        int seconds =
            deployment.all(Resource.QUEUE).stream()
                .filter(queue -> WORK.contains(queue.name()))
                .mapToInt(queue -> queue.properties().integer("MessageRetentionPeriod", 0))
                .max()
                .orElse(0);
        Duration work = schedule.multipliedBy(12).dividedBy(10).plusSeconds(seconds);
        Duration kept = Duration.ofDays(parameters.section("RetentionDays").integer("MinValue", 0));
        return kept.compareTo(work) < 0
            ? List.of("RetentionDays admits " + kept + ", and the work can take " + work)
            : List.of();
      };

  static final Rule GROUPED =
      deployment -> {
        List<String> grouped = new ArrayList<>();
        deployment
            .written()
            .section("Metadata")
            .section("AWS::CloudFormation::Interface")
            .list("ParameterGroups")
            .forEach(group -> grouped.addAll(group.texts("Parameters")));
        Set<String> declared = Set.copyOf(deployment.written().section("Parameters").keys());
        List<String> findings = new ArrayList<>();
        declared.stream()
            .filter(name -> grouped.stream().filter(name::equals).count() != 1)
            .forEach(name -> findings.add(name + " is not in exactly one group"));
        grouped.stream()
            .filter(name -> !declared.contains(name))
            .forEach(name -> findings.add("a group names " + name + ", which is not a parameter"));
        return findings;
      };
}
