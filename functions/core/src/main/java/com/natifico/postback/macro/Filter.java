package com.natifico.postback.macro;

import com.natifico.postback.Ids;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What is done to a value before it is written; filters work in the order in which they stand. A
 * missing value arrives as the empty text. {@code raw} and {@code format} are none of them: the one
 * says how the value is written, the other where it comes from.
 */
sealed interface Filter {
  String apply(String value);

  /** Whether what comes out is a number whenever it looks like one. */
  default boolean makesNumbers() {
    return false;
  }

  /** Stands in for a value that is missing or empty. */
  record Default(String text) implements Filter {
    @Override
    public String apply(String value) {
      return value.isEmpty() ? text : value;
    }
  }

  /**
   * Other words for these; what is not listed stays. An exact match goes before one by case, the
   * earlier before the later.
   */
  record Replace(Map<String, String> words) implements Filter {
    public Replace {
      words = Collections.unmodifiableMap(new LinkedHashMap<>(words));
    }

    @Override
    public String apply(String value) {
      String exact = words.get(value);
      if (exact != null) {
        return exact;
      }
      for (Map.Entry<String, String> word : words.entrySet()) {
        if (word.getKey().equalsIgnoreCase(value)) {
          return word.getValue();
        }
      }
      return value;
    }
  }

  record Upper() implements Filter {
    @Override
    public String apply(String value) {
      return value.toUpperCase(Locale.ROOT);
    }
  }

  record Lower() implements Filter {
    @Override
    public String apply(String value) {
      return value.toLowerCase(Locale.ROOT);
    }
  }

  /** Of the UTF-8 bytes, in lower-case hexadecimal; empty for empty. */
  record Sha256() implements Filter {
    @Override
    public String apply(String value) {
      if (value.isEmpty()) {
        return value;
      }
      Output utf8 = new Output(value.length());
      utf8.append(value);
      return HexFormat.of().formatHex(Ids.sha256().digest(utf8.toBytes()));
    }
  }

  /** Exact, without trailing zeros. What is no plain decimal stays. */
  record Multiply(BigDecimal factor) implements Filter {
    @Override
    public String apply(String value) {
      return Decimals.isPlain(value)
          ? new BigDecimal(value).multiply(factor).stripTrailingZeros().toPlainString()
          : value;
    }

    @Override
    public boolean makesNumbers() {
      return true;
    }
  }

  /** To so many digits behind the dot, half up. What is no plain decimal stays. */
  record Scale(int digits) implements Filter {
    @Override
    public String apply(String value) {
      return Decimals.isPlain(value)
          ? new BigDecimal(value).setScale(digits, RoundingMode.HALF_UP).toPlainString()
          : value;
    }

    @Override
    public boolean makesNumbers() {
      return true;
    }
  }
}
