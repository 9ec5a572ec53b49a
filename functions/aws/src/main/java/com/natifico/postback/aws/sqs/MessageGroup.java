package com.natifico.postback.aws.sqs;

import com.natifico.postback.Ids;

/**
 * The message group of a callback: its endpoint. SQS's fair queues prevent a group with many
 * messages from delaying the others.
 */
final class MessageGroup {
  /** SQS accepts at most this many characters, and only visible ASCII. */
  private static final int MAX_LENGTH = 128;

  private static final int DIGEST = 20;

  private MessageGroup() {}

  /** The endpoint itself if SQS accepts it, otherwise an equally unique text. */
  static String of(String endpoint) {
    boolean legal =
        !endpoint.isEmpty() && endpoint.length() <= MAX_LENGTH && isVisibleAscii(endpoint);
    if (legal) {
      return endpoint;
    }
    String readable = endpoint.replaceAll("[^!-~]", "_");
    return readable.substring(0, Math.min(readable.length(), MAX_LENGTH - DIGEST - 1))
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
