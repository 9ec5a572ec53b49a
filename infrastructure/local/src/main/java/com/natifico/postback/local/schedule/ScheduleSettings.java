package com.natifico.postback.local.schedule;

import com.natifico.postback.local.StartFailure;
import com.natifico.postback.local.template.Resource;
import com.natifico.postback.local.template.Section;
import com.natifico.postback.local.template.StackTemplate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A function that is invoked at an interval. */
public record ScheduleSettings(String functionId, Duration interval) {
  /** EventBridge's rate expressions, whose smallest unit is a minute. */
  private static final Pattern RATE =
      Pattern.compile("rate\\(([1-9][0-9]*) (minute|hour|day)s?\\)");

  /**
   * The schedules of the template, which are events of the functions.
   *
   * @throws StartFailure for an expression that AWS would refuse or the local stack does not
   *     support
   */
  public static List<ScheduleSettings> of(StackTemplate template) {
    List<ScheduleSettings> schedules = new ArrayList<>();
    for (Resource function : template.resources(Resource.FUNCTION)) {
      for (Section event : function.properties().section("Events").sections().values()) {
        if (event.text("Type").equals("Schedule")) {
          Section properties = event.section("Properties");
          if (!properties.text("Enabled", "true").equals("false")) {
            schedules.add(new ScheduleSettings(function.id(), interval(properties)));
          }
        }
      }
    }
    return schedules;
  }

  private static Duration interval(Section properties) {
    Matcher rate = RATE.matcher(properties.text("Schedule"));
    if (!rate.matches()) {
      throw properties.wrong("Schedule", "must be a rate, as in rate(1 minute)");
    }
    long number = Long.parseLong(rate.group(1));
    return switch (rate.group(2)) {
      case "minute" -> Duration.ofMinutes(number);
      case "hour" -> Duration.ofHours(number);
      default -> Duration.ofDays(number);
    };
  }
}
