package com.natifico.postback.contract.answer;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.natifico.postback.Words;
import com.natifico.postback.conversion.ConversionStatus;
import com.natifico.postback.postback.AdPlatform;
import com.natifico.postback.postback.AdPlatforms;
import com.natifico.postback.postback.Corrections;
import com.natifico.postback.postback.HttpMethod;
import com.natifico.postback.postback.Tracker;
import com.natifico.postback.postback.TrackerCorrections;
import com.natifico.postback.rule.TrackerRules;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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

  /**
   * How the tracker answers, and what it does with corrections.
   *
   * @param platform what it demands if it is an ad platform; otherwise null
   */
  public record Judging(
      @JsonUnwrapped RulesAnswer rules,
      CorrectionsAnswer corrections,
      @Nullable PlatformAnswer platform) {}

  /**
   * @param maxAgeDays null if no limit is documented
   * @param testMode what test conversions add to the request
   */
  public record PlatformAnswer(
      @Nullable Long maxAgeDays, List<DemandAnswer> needs, String testMode) {
    static @Nullable PlatformAnswer find(String id) {
      AdPlatform platform = AdPlatforms.find(id);
      if (platform == null) {
        return null;
      }
      Duration maxAge = platform.maxAge();
      return new PlatformAnswer(
          maxAge == null ? null : maxAge.toDays(),
          platform.demands().stream()
              .map(each -> new DemandAnswer(each.members(), each.fields()))
              .toList(),
          platform.testMode().description());
    }
  }

  /**
   * @param fields the fields of a conversion that the members are filled from
   */
  public record DemandAnswer(String members, List<String> fields) {}

  /**
   * @param neededFor callbacks or test_conversions
   */
  public record NeededSecret(String name, String description, String neededFor) {}

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

  public record Templates(
      String template,
      String method,
      @Nullable String body,
      @Nullable EventTemplateAnswer eventTemplate,
      String linkHalf,
      Map<String, String> headers,
      List<NeededSecret> secrets) {
    static Templates of(Tracker.Templates templates) {
      HttpMethod method = templates.body() == null ? HttpMethod.GET : HttpMethod.POST;
      return new Templates(
          templates.url(),
          method.name(),
          templates.body(),
          EventTemplateAnswer.of(templates.event()),
          templates.linkHalf(),
          templates.headers(),
          templates.secrets().stream()
              .map(
                  each ->
                      new NeededSecret(
                          each.name(), each.description(), Words.word(each.neededFor())))
              .toList());
    }
  }

  /** The same message for a notification. */
  public record EventTemplateAnswer(String url, @Nullable String body) {
    static @Nullable EventTemplateAnswer of(Tracker.@Nullable EventTemplate template) {
      return template == null ? null : new EventTemplateAnswer(template.url(), template.body());
    }
  }

  public record PlaceholderAnswer(String name, String description, String example) {}

  public record SourceAnswer(String page, String read) {}

  public static TrackerAnswer of(Tracker tracker) {
    TrackerRules rules = TrackerRules.of(tracker.id());
    return new TrackerAnswer(
        new Names(tracker.id(), tracker.name()),
        Templates.of(tracker.templates()),
        tracker.placeholders().stream()
            .map(each -> new PlaceholderAnswer(each.name(), each.description(), each.example()))
            .toList(),
        tracker.statuses().stream().map(ConversionStatus::word).toList(),
        tracker.hint(),
        new SourceAnswer(tracker.source().page(), tracker.source().read().toString()),
        new Judging(
            new RulesAnswer(AnswerRuleAnswer.of(rules.rules()), rules.source()),
            CorrectionsAnswer.of(TrackerCorrections.of(tracker.id())),
            PlatformAnswer.find(tracker.id())));
  }
}
