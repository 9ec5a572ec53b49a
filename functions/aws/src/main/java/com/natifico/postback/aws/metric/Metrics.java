package com.natifico.postback.aws.metric;

/** Where a function counts. Safe for use by several threads. */
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
   * @param value how many more; a time in milliseconds
   */
  void add(Metric metric, long value);

  /** Hands on what was counted since the last time; once at the end of an invocation. */
  void flush();
}
