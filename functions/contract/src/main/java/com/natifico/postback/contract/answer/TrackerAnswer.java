package com.natifico.postback.contract.answer;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.natifico.postback.conversion.ConversionStatus;
import com.natifico.postback.postback.Corrections;
import com.natifico.postback.postback.HttpMethod;
import com.natifico.postback.postback.Tracker;
import com.natifico.postback.postback.TrackerCorrections;
import com.natifico.postback.rule.TrackerRules;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A ready-made postback of the catalogue. */
public record TrackerAnswer(
    @JsonUnwrapped Names names,
    @JsonUnwrapped Templates templates,
    List<PlaceholderAnswer> placeholders,
    List<String> statuses,
    String hint,
    SourceAnswer source,
    @JsonUnwrapped Judging judging) {

  /** How the tracker answers, and what it does with corrections. */
  public record Judging(@JsonUnwrapped RulesAnswer rules, CorrectionsAnswer corrections) {}

  /**
   * @param source where it is documented, or that it is not
   */
  public record CorrectionsAnswer(String effect, String note, String source) {
    static CorrectionsAnswer of(Corrections corrections) {
      return new CorrectionsAnswer(
          corrections.effect().word(), corrections.note(), corrections.source());
    }
  }

  /**
   * @param answerRulesSource where the tracker's answers are documented, or that they are not
   */
  public record RulesAnswer(List<AnswerRuleAnswer> answerRules, String answerRulesSource) {}

  public record Names(String id, String name) {}

  public record Templates(String template, String method, @Nullable String body, String linkHalf) {}

  public record PlaceholderAnswer(String name, String description, String example) {}

  public record SourceAnswer(String page, String read) {}

  public static TrackerAnswer of(Tracker tracker) {
    Tracker.Templates templates = tracker.templates();
    TrackerRules rules = TrackerRules.of(tracker.id());
    HttpMethod method = templates.body() == null ? HttpMethod.GET : HttpMethod.POST;
    return new TrackerAnswer(
        new Names(tracker.id(), tracker.name()),
        new Templates(templates.url(), method.name(), templates.body(), templates.linkHalf()),
        tracker.placeholders().stream()
            .map(each -> new PlaceholderAnswer(each.name(), each.description(), each.example()))
            .toList(),
        tracker.statuses().stream().map(ConversionStatus::word).toList(),
        tracker.hint(),
        new SourceAnswer(tracker.source().page(), tracker.source().read().toString()),
        new Judging(
            new RulesAnswer(AnswerRuleAnswer.of(rules.rules()), rules.source()),
            CorrectionsAnswer.of(TrackerCorrections.of(tracker.id()))));
  }
}
