package com.natifico.postback.simulation.alarm;

/** The state of an alarm. */
public enum AlarmState {
  OK,
  ALARM,
  INSUFFICIENT_DATA
}
