package com.natifico.postback.postback;

import java.time.Instant;

/**
 * The pace of the postbacks whose endpoints take a limited number of requests. For all other
 * postbacks it is not called.
 */
public interface PaceStore {
  /**
   * The result of {@link #replace}.
   *
   * @param isDone whether {@code stored} was stored by this call
   * @param stored what is stored now
   */
  record Replaced(boolean isDone, EndpointPace stored) {}

  /** The stored pace; {@link EndpointPace#UNKNOWN} if there is none. */
  EndpointPace find(PostbackKey key);

  /**
   * Stores the pace, unless another worker has stored a different one.
   *
   * @param expected what must be stored, by its revision
   * @param next of the following revision
   */
  Replaced replace(PostbackKey key, EndpointPace expected, EndpointPace next);

  /**
   * Marks the postback as paced until this time, so that every worker reserves slots, and callbacks
   * are sent to the slow lane from accepting on. The version of the postback stays the same, and
   * each change of the postback removes the mark. Does nothing if the postback was changed or
   * deleted.
   *
   * @param postback as it was read; it may come from a cache
   */
  void mark(Postback postback, Instant until);
}
