package com.natifico.postback.contract.answer;

import com.natifico.postback.contract.problem.ProblemType;

/** What a problem code means, and what a client can do about it. */
public record ProblemTypeAnswer(
    String code, String type, int status, String title, String meaning, String remedy) {
  public static ProblemTypeAnswer of(ProblemType type) {
    return new ProblemTypeAnswer(
        type.word(),
        ProblemJson.TYPE + type.word(),
        type.status(),
        type.title(),
        type.meaning(),
        type.remedy());
  }
}
