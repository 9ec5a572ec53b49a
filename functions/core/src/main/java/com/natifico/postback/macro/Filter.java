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
 * A change of a value before it is written; filters are applied in their order. A missing value is
 * passed as an empty text. {@code raw} and {@code format} are not filters: {@code raw} decides how
 * the value is encoded, {@code format} how a time becomes text.
 */
sealed interface Filter {
  String apply(String value);

  /** Whether the result is a number whenever it looks like one. */
  default boolean makesNumbers() {
    return false;
  }

  /** Replaces a value that is missing or empty. */
  record Default(String text) implements Filter {
    @Override
    public String apply(String value) {
      return value.isEmpty() ? text : value;
    }
  }

  /**
   * Replaces these values by others; a value that is not listed does not change. An exact match
   * takes precedence over one that ignores case, an earlier match over a later one.
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

  /** The SHA-256 of the UTF-8 bytes, in lower-case hexadecimal; empty for an empty value. */
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

  /** Exact, without trailing zeros. A value that is not a plain decimal does not change. */
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

  /**
   * Rounds half up to this number of digits after the dot. A value that is not a plain decimal does
   * not change.
   */
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

  /** Without white space, visible or not, around the value. */
  record Trim() implements Filter {
    @Override
    public String apply(String value) {
      return Characters.trimmed(value);
    }
  }

  /** Only the digits 0 to 9, such as those of a telephone number. */
  record Digits() implements Filter {
    @Override
    public String apply(String value) {
      StringBuilder digits = new StringBuilder(value.length());
      for (int i = 0; i < value.length(); i++) {
        char c = value.charAt(i);
        if (c >= '0' && c <= '9') {
          digits.append(c);
        }
      }
      return digits.toString();
    }
  }

  /** Unix seconds as milliseconds. A value that is not a plain decimal does not change. */
  record Milliseconds() implements Filter {
    @Override
    public String apply(String value) {
      return Decimals.isPlain(value)
          ? new BigDecimal(value).movePointRight(3).setScale(0, RoundingMode.DOWN).toPlainString()
          : value;
    }

    @Override
    public boolean makesNumbers() {
      return true;
    }
  }
}
