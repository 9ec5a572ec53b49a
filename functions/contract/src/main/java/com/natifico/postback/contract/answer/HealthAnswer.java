package com.natifico.postback.contract.answer;

/** That the API answers. */
public record HealthAnswer(String status) {}
