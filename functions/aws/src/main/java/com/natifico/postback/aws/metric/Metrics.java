package com.natifico.postback.aws.metric;

/** Counts for one function. Safe for use by several threads. */
public interface Metrics {
  /** Counts nothing. */
  Metrics NONE =
      new Metrics() {
        @Override
        public void add(Metric metric, long value) {}

        @Override
        public void flush() {}
      };

  /**
   * @param value the increment, or a time in milliseconds
   */
  void add(Metric metric, long value);

  /** Writes what was counted since the last flush; called once at the end of an invocation. */
  void flush();
}
