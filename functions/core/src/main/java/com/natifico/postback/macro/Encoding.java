package com.natifico.postback.macro;

/** How a value is written into the text around it. */
enum Encoding {
  /** All but RFC 3986's unreserved characters as %XX. */
  PERCENT {
    @Override
    void append(Output out, String value) {
      Percent.append(out, value);
    }
  },
  /** As it is, but for what cannot stand in a path. */
  RAW_PATH {
    @Override
    void append(Output out, String value) {
      Percent.appendPath(out, value);
    }
  },
  /** As it is, but for what cannot stand in a query or form. */
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
  /** Inside a JSON string, its own escapes kept. */
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
  /** A JSON value: a number, or null; a string if it is no number. */
  JSON_NUMBER {
    @Override
    void append(Output out, String value) {
      Json.appendNumber(out, value);
    }
  },
  /** A JSON value: a number, true, false or null as it is; a string if it is none of them. */
  RAW_JSON {
    @Override
    void append(Output out, String value) {
      Json.appendBare(out, value);
    }
  };

  abstract void append(Output out, String value);
}
