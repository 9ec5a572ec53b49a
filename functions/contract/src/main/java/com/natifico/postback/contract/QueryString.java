package com.natifico.postback.contract;

import com.natifico.postback.contract.input.Input;
import com.natifico.postback.contract.problem.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Parses a query from its raw text. Payload format 2.0 joins repeated parameters with commas, which
 * makes them indistinguishable from a value that contains a comma.
 */
final class QueryString {
  private QueryString() {}

  /**
   * The parameters as texts, in their order.
   *
   * @throws com.natifico.postback.contract.problem.ProblemException 400 for an invalid
   *     percent-encoding, 422 for a repeated parameter
   */
  static Input.Obj parse(String raw) {
    if (raw.isEmpty()) {
      return new Input.Obj(Map.of());
    }
    Map<String, Input> parameters = new LinkedHashMap<>();
    for (String pair : raw.split("&")) {
      if (pair.isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      String name = decode(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
      if (parameters.put(name, new Input.Text(value)) != null) {
        String shown = name.length() > 64 ? name.substring(0, 64) : name;
        throw Problem.invalid(
            shown, "repeated", "The parameter " + shown + " is there twice; send it once.");
      }
    }
    return new Input.Obj(parameters);
  }

  private static String decode(String text) {
    if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
      return text;
    }
    byte[] bytes = new byte[text.length() * 3];
    int length = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%') {
        boolean complete = i + 2 < text.length();
        int high = complete ? Character.digit(text.charAt(i + 1), 16) : -1;
        int low = complete ? Character.digit(text.charAt(i + 2), 16) : -1;
        if (high < 0 || low < 0) {
          throw broken();
        }
        bytes[length++] = (byte) (high << 4 | low);
        i += 2;
      } else if (c == '+') {
        bytes[length++] = ' ';
      } else if (c < 0x80) {
        bytes[length++] = (byte) c;
      } else {
        int end = Character.isHighSurrogate(c) && i + 1 < text.length() ? i + 2 : i + 1;
        for (byte b : text.substring(i, end).getBytes(StandardCharsets.UTF_8)) {
          bytes[length++] = b;
        }
        i = end - 1;
      }
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, 0, length))
          .toString();
    } catch (CharacterCodingException e) {
      throw broken();
    }
  }

  private static RuntimeException broken() {
    return Problem.malformed(
        "The query has a percent-encoding that is none: each % needs two hexadecimal digits, and"
            + " together they must be UTF-8.");
  }
}
