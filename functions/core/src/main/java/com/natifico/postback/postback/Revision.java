package com.natifico.postback.postback;

import java.time.Instant;

/**
 * The revision of a stored postback.
 *
 * @param version from 1, incremented with each change; used as the ETag
 */
public record Revision(long version, Instant createdAt, Instant updatedAt) {
  public static Revision first(Instant now) {
    return new Revision(1, now, now);
  }

  public Revision next(Instant now) {
    return new Revision(version + 1, createdAt, now);
  }
}
