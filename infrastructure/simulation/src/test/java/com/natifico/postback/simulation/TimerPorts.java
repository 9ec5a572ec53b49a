package com.natifico.postback.simulation;

import com.natifico.postback.delivery.CallbackQueue;
import com.natifico.postback.delivery.WakeUps;
import java.time.InstantSource;

/** Everything outside the timer that it can call. */
record TimerPorts(WakeUps wakeUps, CallbackQueue retries, InstantSource clock) {
  TimerPorts with(WakeUps other) {
    return new TimerPorts(other, retries, clock);
  }

  TimerPorts with(CallbackQueue other) {
    return new TimerPorts(wakeUps, other, clock);
  }
}
