package com.natifico.postback.simulation.alarm;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.DoubleBinaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A metric math expression, evaluated for one period: numbers, metrics by id, arithmetic,
 * comparisons, {@code METRICS()}, {@code SUM}, {@code MAX}, {@code FILL} with a number, and {@code
 * IF}. A value that depends on a missing one is missing, except in {@code FILL}, {@code SUM} and
 * {@code MAX}.
 */
final class MetricMath {
  private static final Pattern TOKEN =
      Pattern.compile("\\s*([A-Za-z][A-Za-z0-9_]*|[0-9.]+|>=|<=|==|&&|\\|\\||[-+*/()<>,])");

  private final String expression;
  private final Map<String, OptionalDouble> metrics;
  private final List<String> tokens = new ArrayList<>();
  private int next;

  private MetricMath(String expression, Map<String, OptionalDouble> metrics) {
    this.expression = expression;
    this.metrics = metrics;
    Matcher matcher = TOKEN.matcher(expression);
    int end = 0;
    while (matcher.find() && matcher.start() == end) {
      tokens.add(matcher.group(1));
      end = matcher.end();
    }
    if (end != expression.stripTrailing().length()) {
      throw wrong("is not understood from position " + end);
    }
  }

  /**
   * @param metrics the value of each id in this period; empty where it is missing
   * @throws IllegalArgumentException if the expression uses anything that is not known here
   */
  static OptionalDouble evaluate(String expression, Map<String, OptionalDouble> metrics) {
    MetricMath math = new MetricMath(expression, metrics);
    OptionalDouble result = math.single(math.or());
    if (math.next != math.tokens.size()) {
      throw math.wrong("has something after its end");
    }
    return result;
  }

  // Each operand is a list, because METRICS() is one value for each metric.

  private List<OptionalDouble> or() {
    List<OptionalDouble> left = and();
    while (skips("||")) {
      left = combine(left, and(), (a, b) -> a != 0 || b != 0 ? 1 : 0);
    }
    return left;
  }

  private List<OptionalDouble> and() {
    List<OptionalDouble> left = comparison();
    while (skips("&&")) {
      left = combine(left, comparison(), (a, b) -> a != 0 && b != 0 ? 1 : 0);
    }
    return left;
  }

  private List<OptionalDouble> comparison() {
    List<OptionalDouble> left = sum();
    if (skips(">=")) {
      return combine(left, sum(), (a, b) -> a >= b ? 1 : 0);
    } else if (skips("<=")) {
      return combine(left, sum(), (a, b) -> a <= b ? 1 : 0);
    } else if (skips("==")) {
      return combine(left, sum(), (a, b) -> a == b ? 1 : 0);
    } else if (skips(">")) {
      return combine(left, sum(), (a, b) -> a > b ? 1 : 0);
    } else if (skips("<")) {
      return combine(left, sum(), (a, b) -> a < b ? 1 : 0);
    }
    return left;
  }

  private List<OptionalDouble> sum() {
    List<OptionalDouble> left = product();
    while (true) {
      if (skips("+")) {
        left = combine(left, product(), Double::sum);
      } else if (skips("-")) {
        left = combine(left, product(), (a, b) -> a - b);
      } else {
        return left;
      }
    }
  }

  private List<OptionalDouble> product() {
    List<OptionalDouble> left = operand();
    while (true) {
      if (skips("*")) {
        left = combine(left, operand(), (a, b) -> a * b);
      } else if (skips("/")) {
        left = combine(left, operand(), (a, b) -> a / b);
      } else {
        return left;
      }
    }
  }

  private List<OptionalDouble> operand() {
    String token = take();
    if (token.equals("(")) {
      List<OptionalDouble> inner = or();
      expect(")");
      return inner;
    }
    if (Character.isDigit(token.charAt(0))) {
      return List.of(OptionalDouble.of(Double.parseDouble(token)));
    }
    if (skips("(")) {
      return call(token);
    }
    OptionalDouble value = metrics.get(token);
    if (value == null) {
      throw wrong("names " + token + ", which is not a metric of the alarm");
    }
    return List.of(value);
  }

  private List<OptionalDouble> call(String function) {
    List<List<OptionalDouble>> arguments = new ArrayList<>();
    if (!skips(")")) {
      do {
        arguments.add(or());
      } while (skips(","));
      expect(")");
    }
    return switch (function + "/" + arguments.size()) {
      case "METRICS/0" -> List.copyOf(metrics.values());
      case "SUM/1" -> List.of(reduce(arguments.getFirst(), Double::sum));
      case "MAX/1" -> List.of(reduce(arguments.getFirst(), Math::max));
      case "FILL/2" -> {
        OptionalDouble other = single(arguments.get(1));
        yield arguments.getFirst().stream()
            .map(value -> value.isPresent() ? value : other)
            .toList();
      }
      case "IF/3" -> {
        OptionalDouble condition = single(arguments.getFirst());
        if (condition.isEmpty()) {
          yield List.of(condition);
        }
        yield condition.getAsDouble() != 0 ? arguments.get(1) : arguments.get(2);
      }
      default -> throw wrong("calls " + function + " with " + arguments.size() + " arguments");
    };
  }

  private static OptionalDouble reduce(
      Collection<OptionalDouble> values, DoubleBinaryOperator operator) {
    return values.stream()
        .filter(OptionalDouble::isPresent)
        .mapToDouble(OptionalDouble::getAsDouble)
        .reduce(operator);
  }

  private List<OptionalDouble> combine(
      List<OptionalDouble> left, List<OptionalDouble> right, DoubleBinaryOperator operator) {
    OptionalDouble a = single(left);
    OptionalDouble b = single(right);
    return List.of(
        a.isEmpty() || b.isEmpty()
            ? OptionalDouble.empty()
            : OptionalDouble.of(operator.applyAsDouble(a.getAsDouble(), b.getAsDouble())));
  }

  private OptionalDouble single(List<OptionalDouble> values) {
    if (values.size() != 1) {
      throw wrong("uses a list of metrics where one value is expected");
    }
    return values.getFirst();
  }

  private boolean skips(String token) {
    if (next < tokens.size() && tokens.get(next).equals(token)) {
      next++;
      return true;
    }
    return false;
  }

  private String take() {
    if (next == tokens.size()) {
      throw wrong("ends too early");
    }
    return tokens.get(next++);
  }

  private void expect(String token) {
    if (!take().equals(token)) {
      throw wrong("lacks a " + token);
    }
  }

  private IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException("the expression " + expression + " " + what);
  }
}
