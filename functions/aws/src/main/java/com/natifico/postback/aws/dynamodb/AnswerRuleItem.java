package com.natifico.postback.aws.dynamodb;

import com.natifico.postback.rule.AnswerRule;
import com.natifico.postback.rule.AnswerRules;
import com.natifico.postback.rule.Condition;
import com.natifico.postback.rule.JsonPointer;
import com.natifico.postback.rule.Meaning;
import com.natifico.postback.rule.Ruling;
import com.natifico.postback.rule.StatusRange;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The answer rules inside the item of a postback, named as in the HTTP contract. */
final class AnswerRuleItem {
  private AnswerRuleItem() {}

  /** Null if the postback has no rules of its own; an empty list is stored. */
  static @Nullable AttributeValue of(@Nullable AnswerRules rules) {
    return rules == null
        ? null
        : AttributeValue.fromL(rules.list().stream().map(AnswerRuleItem::of).toList());
  }

  private static AttributeValue of(AnswerRule rule) {
    Condition when = rule.when();
    StatusRange status = when.status();
    Condition.JsonValue value = when.value();
    Meaning meaning = rule.meaning();
    return AttributeValue.fromM(
        new Item()
            .text("status", status == null ? null : status.word())
            .text("contains", when.contains())
            .text("json", value == null ? null : value.pointer().text())
            .text("equals", value == null ? null : value.expected())
            .flag("any", when.any())
            .text("then", rule.then().word())
            .text("meaning", meaning == null ? null : meaning.word())
            .attributes());
  }

  static @Nullable AnswerRules read(@Nullable AttributeValue rules) {
    return rules == null
        ? null
        : new AnswerRules(rules.l().stream().map(rule -> read(new Item(rule.m()))).toList());
  }

  private static AnswerRule read(Item rule) {
    String status = rule.textOrNull("status");
    String pointer = rule.textOrNull("json");
    String meaning = rule.textOrNull("meaning");
    return new AnswerRule(
        new Condition(
            status == null ? null : StatusRange.find(status),
            rule.textOrNull("contains"),
            pointer == null
                ? null
                : new Condition.JsonValue(JsonPointer.of(pointer), rule.text("equals")),
            rule.flag("any")),
        Ruling.of(rule.text("then")),
        meaning == null ? null : Meaning.of(meaning));
  }
}
