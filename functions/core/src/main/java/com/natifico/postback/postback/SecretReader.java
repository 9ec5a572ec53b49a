package com.natifico.postback.postback;

/** Reads the secrets of postbacks. */
public interface SecretReader {
  /** A reader without any secrets. */
  SecretReader NONE = (_, _) -> Secrets.NONE;

  /**
   * The postback's secrets; {@link Secrets#NONE} if it has none. They are as old as a cache allows,
   * unless one that is needed is missing: then they are read consistently.
   */
  Secrets find(PostbackKey key, NeededSecrets needed);
}
