package com.natifico.postback.aws.dynamodb;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The attributes of one item. Null values are omitted, because absent attributes cost nothing. */
final class Item {
  private final Map<String, AttributeValue> attributes;

  Item() {
    this(new HashMap<>());
  }

  Item(Map<String, AttributeValue> attributes) {
    this.attributes = attributes;
  }

  Map<String, AttributeValue> attributes() {
    return attributes;
  }

  static AttributeValue of(String text) {
    return AttributeValue.fromS(text);
  }

  static AttributeValue of(long number) {
    return AttributeValue.fromN(Long.toString(number));
  }

  /** Seconds since 1970 with all their decimals: exact, and half as long as ISO 8601 text. */
  static AttributeValue of(Instant instant) {
    return AttributeValue.fromN(
        BigDecimal.valueOf(instant.getEpochSecond())
            .add(BigDecimal.valueOf(instant.getNano(), 9))
            .stripTrailingZeros()
            .toPlainString());
  }

  Item text(String name, @Nullable String value) {
    if (value != null) {
      attributes.put(name, of(value));
    }
    return this;
  }

  Item number(String name, @Nullable Integer value) {
    if (value != null) {
      attributes.put(name, of(value));
    }
    return this;
  }

  Item number(String name, long value) {
    attributes.put(name, of(value));
    return this;
  }

  Item decimal(String name, @Nullable BigDecimal value) {
    if (value != null) {
      attributes.put(name, AttributeValue.fromN(value.toPlainString()));
    }
    return this;
  }

  Item instant(String name, @Nullable Instant value) {
    if (value != null) {
      attributes.put(name, of(value));
    }
    return this;
  }

  /** Written only if it is true. */
  Item flag(String name, boolean value) {
    if (value) {
      attributes.put(name, AttributeValue.fromBool(true));
    }
    return this;
  }

  /** Written only if it is not empty. */
  Item texts(String name, Collection<String> values) {
    List<AttributeValue> all = new ArrayList<>(values.size());
    for (String value : values) {
      all.add(of(value));
    }
    return list(name, all);
  }

  /** Written only if it is not empty. */
  Item list(String name, List<AttributeValue> values) {
    if (!values.isEmpty()) {
      attributes.put(name, AttributeValue.fromL(values));
    }
    return this;
  }

  /** Written only if it is not empty. */
  Item map(String name, Map<String, AttributeValue> values) {
    if (!values.isEmpty()) {
      attributes.put(name, AttributeValue.fromM(values));
    }
    return this;
  }

  /** Written unless it is null. */
  Item value(String name, @Nullable AttributeValue value) {
    if (value != null) {
      attributes.put(name, value);
    }
    return this;
  }

  @Nullable AttributeValue valueOrNull(String name) {
    return attributes.get(name);
  }

  @Nullable String textOrNull(String name) {
    AttributeValue value = attributes.get(name);
    return value == null ? null : value.s();
  }

  /**
   * @throws IllegalStateException if the attribute is missing
   */
  String text(String name) {
    String value = textOrNull(name);
    if (value == null) {
      throw new IllegalStateException("an item without " + name);
    }
    return value;
  }

  @Nullable Integer numberOrNull(String name) {
    AttributeValue value = attributes.get(name);
    return value == null ? null : Integer.valueOf(value.n());
  }

  /** 0 if the attribute is missing. */
  long number(String name) {
    AttributeValue value = attributes.get(name);
    return value == null ? 0 : Long.parseLong(value.n());
  }

  @Nullable BigDecimal decimalOrNull(String name) {
    AttributeValue value = attributes.get(name);
    return value == null ? null : new BigDecimal(value.n());
  }

  @Nullable Instant instantOrNull(String name) {
    AttributeValue value = attributes.get(name);
    return value == null ? null : instant(value);
  }

  /**
   * @throws IllegalStateException if the attribute is missing
   */
  Instant instant(String name) {
    Instant value = instantOrNull(name);
    if (value == null) {
      throw new IllegalStateException("an item without " + name);
    }
    return value;
  }

  private static Instant instant(AttributeValue value) {
    BigDecimal exact = new BigDecimal(value.n());
    BigDecimal seconds = exact.setScale(0, RoundingMode.FLOOR);
    return Instant.ofEpochSecond(
        seconds.longValueExact(), exact.subtract(seconds).movePointRight(9).longValueExact());
  }

  boolean flag(String name) {
    AttributeValue value = attributes.get(name);
    return value != null && value.bool();
  }

  List<String> texts(String name) {
    List<AttributeValue> values = list(name);
    List<String> texts = new ArrayList<>(values.size());
    for (AttributeValue value : values) {
      texts.add(value.s());
    }
    return List.copyOf(texts);
  }

  List<AttributeValue> list(String name) {
    AttributeValue value = attributes.get(name);
    return value == null ? List.of() : value.l();
  }

  Map<String, AttributeValue> map(String name) {
    AttributeValue value = attributes.get(name);
    return value == null ? Map.of() : value.m();
  }
}
