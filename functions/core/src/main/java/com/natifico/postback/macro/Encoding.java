package com.natifico.postback.macro;

/** How a value is encoded for the text around it. */
enum Encoding {
  /** All characters except RFC 3986's unreserved ones as %XX. */
  PERCENT,
  /** Unchanged, except for characters that are invalid in a path. */
  RAW_PATH,
  /** Unchanged, except for characters that are invalid in a query or form. */
  RAW_QUERY,
  /** Inside a JSON string. */
  JSON_STRING,
  /** Inside a JSON string; the value's own escapes are kept. */
  RAW_JSON_STRING,
  /** A JSON value: a string, or null. */
  JSON_TEXT,
  /** A JSON value: a number, or null; a string if it is not a number. */
  JSON_NUMBER,
  /** A JSON value: a number, true, false or null unchanged; any other value as a string. */
  RAW_JSON;

  void append(Output out, String value) {
    switch (this) {
      case PERCENT -> Percent.append(out, value);
      case RAW_PATH -> Percent.appendPath(out, value);
      case RAW_QUERY -> Percent.appendQuery(out, value);
      case JSON_STRING -> Json.appendEscaped(out, value);
      case RAW_JSON_STRING -> Json.appendRaw(out, value);
      case JSON_TEXT -> Json.appendText(out, value);
      case JSON_NUMBER -> Json.appendNumber(out, value);
      case RAW_JSON -> Json.appendBare(out, value);
    }
  }
}
