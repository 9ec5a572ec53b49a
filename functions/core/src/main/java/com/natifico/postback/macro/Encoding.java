package com.natifico.postback.macro;

/** How a value is encoded for the text around it. */
enum Encoding {
  /** All characters except RFC 3986's unreserved ones as %XX. */
  PERCENT {
    @Override
    void append(Output out, String value) {
      Percent.append(out, value);
    }
  },
  /** Unchanged, except for characters that are invalid in a path. */
  RAW_PATH {
    @Override
    void append(Output out, String value) {
      Percent.appendPath(out, value);
    }
  },
  /** Unchanged, except for characters that are invalid in a query or form. */
  RAW_QUERY {
    @Override
    void append(Output out, String value) {
      Percent.appendQuery(out, value);
    }
  },
  /** Inside a JSON string. */
  JSON_STRING {
    @Override
    void append(Output out, String value) {
      Json.appendEscaped(out, value);
    }
  },
  /** Inside a JSON string; the value's own escapes are kept. */
  RAW_JSON_STRING {
    @Override
    void append(Output out, String value) {
      Json.appendRaw(out, value);
    }
  },
  /** A JSON value: a string, or null. */
  JSON_TEXT {
    @Override
    void append(Output out, String value) {
      Json.appendText(out, value);
    }
  },
  /** A JSON value: a number, or null; a string if it is not a number. */
  JSON_NUMBER {
    @Override
    void append(Output out, String value) {
      Json.appendNumber(out, value);
    }
  },
  /** A JSON value: a number, true, false or null unchanged; any other value as a string. */
  RAW_JSON {
    @Override
    void append(Output out, String value) {
      Json.appendBare(out, value);
    }
  };

  abstract void append(Output out, String value);
}
