package com.natifico.postback.postback;

/**
 * What a tracker does with a further callback for a conversion that it already has, as a correction
 * is: an affiliate needs it to decide whether a postback fires for revisions.
 *
 * @param note for people: on what it depends, and what to do
 * @param source the page or the open source that says so, or a sentence that none does
 */
public record Corrections(Effect effect, String note, String source) {
  /** What happens to the conversion. */
  public enum Effect {
    /** The new values replace the old ones. */
    UPDATES("updates"),
    /** The amount is added to the old one. */
    ADDS("adds"),
    /** It stays as it was. */
    IGNORES("ignores"),
    /** A setting of the tracker decides. */
    SETTING("setting"),
    UNDOCUMENTED("undocumented");

    private final String word;

    Effect(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }
  }

  static final Corrections UNDOCUMENTED =
      new Corrections(
          Effect.UNDOCUMENTED,
          "Its documentation does not say what a second callback for a conversion does. Try it with"
              + " a test conversion first.",
          "Not documented.");
}
