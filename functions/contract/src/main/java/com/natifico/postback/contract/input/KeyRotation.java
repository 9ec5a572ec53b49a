package com.natifico.postback.contract.input;

/**
 * A client's wish for another signing key.
 *
 * @param atOnce whether it replaces all others now, because they are not safe
 */
public record KeyRotation(boolean atOnce) {
  /**
   * @throws com.natifico.postback.contract.problem.ProblemException 422 with everything that is
   *     wrong
   */
  public static KeyRotation read(Input.Obj body) {
    Fields fields = Fields.of(body);
    boolean atOnce = Boolean.TRUE.equals(fields.bool("at_once"));
    fields.finish();
    return new KeyRotation(atOnce);
  }
}
