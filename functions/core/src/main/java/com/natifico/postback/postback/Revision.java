package com.natifico.postback.postback;

import java.time.Instant;

/**
 * Which state of a stored postback this is.
 *
 * @param version from 1, one more with each change; the ETag
 */
public record Revision(long version, Instant createdAt, Instant updatedAt) {
  public static Revision first(Instant now) {
    return new Revision(1, now, now);
  }

  public Revision next(Instant now) {
    return new Revision(version + 1, createdAt, now);
  }
}
