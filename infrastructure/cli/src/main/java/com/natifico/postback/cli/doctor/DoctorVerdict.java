package com.natifico.postback.cli.doctor;

/** The result of an event in one sentence. */
public enum DoctorVerdict {
  FAILED("It was sent, but your tracker did not accept it."),
  WAITING("It is on its way."),
  HELD("It is held, because the postback was paused."),
  DELIVERED("Your tracker got it."),
  SUPERSEDED("It was not sent, because a newer event of the conversion had already been sent."),
  SKIPPED("Nothing was sent, because no postback matched."),
  NO_POSTBACK("Nothing was sent, because there was no postback.");

  private final String sentence;

  DoctorVerdict(String sentence) {
    this.sentence = sentence;
  }

  public String sentence() {
    return sentence;
  }
}
