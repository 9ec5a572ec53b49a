package com.natifico.postback.postback;

import com.natifico.postback.macro.Template;
import org.jspecify.annotations.Nullable;

/**
 * The body of a POST with its type, as a template or expanded.
 *
 * @param contentType application/json or application/x-www-form-urlencoded; charset=utf-8 may
 *     follow
 */
public record RequestBody(String text, String contentType) {
  /** How values are encoded in this body. */
  public Template.Kind kind() {
    return kindOf(contentType);
  }

  /**
   * @param contentType null if it is not known, as for a request without a body
   */
  static Template.Kind kindOf(@Nullable String contentType) {
    return contentType != null && contentType.startsWith("application/json")
        ? Template.Kind.JSON
        : Template.Kind.FORM;
  }
}
