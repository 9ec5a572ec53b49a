package com.natifico.postback.contract.input;

import com.natifico.postback.Nearest;
import com.natifico.postback.postback.Judging;
import com.natifico.postback.postback.Tracker;
import com.natifico.postback.postback.Trackers;
import com.natifico.postback.rule.AnswerRule;
import com.natifico.postback.rule.AnswerRules;
import com.natifico.postback.rule.Condition;
import com.natifico.postback.rule.JsonPointer;
import com.natifico.postback.rule.Meaning;
import com.natifico.postback.rule.Ruling;
import com.natifico.postback.rule.StatusRange;
import com.natifico.postback.rule.TrackerRules;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads {@code tracker} and {@code answer_rules} of a postback. */
final class JudgingReader {
  /** In code points, for the texts of a rule. */
  private static final int MAX_TEXT = 256;

  private JudgingReader() {}

  /** Reads both; everything that is wrong with them is in {@code fields} afterwards. */
  static Judging read(Fields fields) {
    return new Judging(tracker(fields), rules(fields));
  }

  private static @Nullable String tracker(Fields fields) {
    String id = fields.text("tracker", 64);
    List<String> ids =
        Stream.concat(Trackers.all().stream().map(Tracker::id), TrackerRules.trackers().stream())
            .distinct()
            .toList();
    if (id != null && !ids.contains(id)) {
      fields.reject(
          "tracker",
          "unknown_tracker",
          "The tracker must be an id of GET /v1/trackers, also of kind=ad_platform.",
          Nearest.of(id, ids));
      return null;
    }
    return id;
  }

  private static @Nullable AnswerRules rules(Fields fields) {
    List<Input> items = fields.list("answer_rules", AnswerRules.MAX_RULES);
    if (items == null) {
      return null;
    }
    List<AnswerRule> rules = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      String path = "answer_rules[" + i + "]";
      if (items.get(i) instanceof Input.Obj object) {
        AnswerRule rule = rule(Fields.of(object, path), path, fields);
        if (rule != null) {
          rules.add(rule);
        }
      } else {
        fields.wrongType(path, "an object");
      }
    }
    return new AnswerRules(rules);
  }

  private static @Nullable AnswerRule rule(Fields rule, String path, Fields errors) {
    rule.require("when");
    rule.require("then");
    Input.Obj given = rule.object("when");
    Condition when = null;
    if (given != null) {
      Fields condition = Fields.of(given, path + ".when");
      when = condition(condition);
      pass(condition, errors);
    }
    Ruling then = rule.word("then", Ruling.words(), Ruling::find);
    Meaning meaning = rule.word("meaning", Meaning.words(), Meaning::find);
    pass(rule, errors);
    return when == null || then == null ? null : new AnswerRule(when, then, meaning);
  }

  private static void pass(Fields from, Fields errors) {
    from.refuseUnknown();
    from.errors().forEach(errors::reject);
  }

  private static @Nullable Condition condition(Fields when) {
    StatusRange status = status(when);
    String contains = when.text("contains", MAX_TEXT);
    if (contains != null && contains.isEmpty()) {
      when.reject("contains", "empty", "Every text contains the empty one; name a text.");
    }
    Boolean any = when.bool("any");
    if (Boolean.FALSE.equals(any)) {
      when.reject("any", "invalid_value", "The field any must be true, or be omitted.");
    }
    Condition condition = new Condition(status, contains, value(when), Boolean.TRUE.equals(any));
    boolean named =
        List.of("status", "contains", "json", "equals", "any").stream().anyMatch(when::hasValue);
    if (!named) {
      when.reject("status", "empty", "Name a status, contains, json with equals, or any: true.");
    }
    return named ? condition : null;
  }

  private static @Nullable StatusRange status(Fields when) {
    String word = Fields.literal(when.value("status"));
    StatusRange status = word == null ? null : StatusRange.find(word);
    if (status == null && when.hasValue("status")) {
      when.reject(
          "status",
          "invalid_value",
          "The status must be a number such as 200, or a text like 2xx.");
    }
    return status;
  }

  private static Condition.@Nullable JsonValue value(Fields when) {
    String text = when.text("json", MAX_TEXT);
    String expected =
        when.value("equals") instanceof Input.Bool bool
            ? Boolean.toString(bool.value())
            : when.description("equals", MAX_TEXT);
    JsonPointer pointer = text == null ? null : JsonPointer.find(text);
    if (text != null && pointer == null) {
      when.reject(
          "json",
          "invalid_pointer",
          "The field json must be a JSON pointer (RFC 6901), such as /code or /errors/0/message.");
    }
    if (when.hasValue("json") != when.hasValue("equals")) {
      when.reject(
          when.hasValue("json") ? "equals" : "json", "required", "json and equals go together.");
    }
    return pointer == null || expected == null ? null : new Condition.JsonValue(pointer, expected);
  }
}
