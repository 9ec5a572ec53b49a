package com.natifico.postback.postback;

import com.natifico.postback.macro.Template;

/**
 * The body of a POST with its type, as a template or expanded.
 *
 * @param contentType application/json or application/x-www-form-urlencoded; charset=utf-8 may
 *     follow
 */
public record RequestBody(String text, String contentType) {
  /** How values are encoded in this body. */
  public Template.Kind kind() {
    return contentType.startsWith("application/json") ? Template.Kind.JSON : Template.Kind.FORM;
  }
}
