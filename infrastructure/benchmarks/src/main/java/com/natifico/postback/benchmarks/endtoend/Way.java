package com.natifico.postback.benchmarks.endtoend;

import java.util.List;

/** Brings conversions in; their callbacks arrive at the tracker. */
interface Way {
  /** Whatever may be done before the clock runs. */
  void prepare(List<String> conversionIds);

  /** Pushes these together and returns when they are accepted; called by several threads. */
  void push(List<String> conversionIds) throws Exception;

  /** How many messages wait or are in flight. */
  int unfinished();
}
