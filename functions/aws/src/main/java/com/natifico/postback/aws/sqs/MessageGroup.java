package com.natifico.postback.aws.sqs;

import com.natifico.postback.Ids;

/**
 * SQS's fair queues see to it that a group with many messages does not make the others wait. Our
 * groups are the endpoints.
 */
final class MessageGroup {
  /** SQS takes at most so many characters, and of ASCII only what is visible. */
  private static final int LONGEST = 128;

  private static final int DIGEST = 20;

  private MessageGroup() {}

  /** The endpoint itself wherever SQS takes it; otherwise something as distinct. */
  static String of(String endpoint) {
    boolean legal = !endpoint.isEmpty() && endpoint.length() <= LONGEST && isVisibleAscii(endpoint);
    if (legal) {
      return endpoint;
    }
    String readable = endpoint.replaceAll("[^!-~]", "_");
    return readable.substring(0, Math.min(readable.length(), LONGEST - DIGEST - 1))
        + '~'
        + Ids.digest(DIGEST, endpoint);
  }

  private static boolean isVisibleAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) <= ' ' || text.charAt(i) >= 0x7F) {
        return false;
      }
    }
    return true;
  }
}
