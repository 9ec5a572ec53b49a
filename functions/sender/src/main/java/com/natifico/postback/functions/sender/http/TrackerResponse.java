package com.natifico.postback.functions.sender.http;

import java.util.ArrayList;
import java.util.List;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.jspecify.annotations.Nullable;

/** A response with a valid status line, and notes about faults in the rest of it. */
final class TrackerResponse extends BasicClassicHttpResponse {
  private static final long serialVersionUID = 1;

  private final transient List<String> notes = new ArrayList<>(0);
  private transient @Nullable SessionInputBuffer input;
  private boolean wellFormed = true;
  private boolean headComplete = true;

  TrackerResponse(int status) {
    super(status);
  }

  void readFrom(SessionInputBuffer buffer) {
    input = buffer;
  }

  /** Whether more bytes than the response were received, after its body was read. */
  boolean isFollowedByInput() {
    return input != null && input.length() > 0;
  }

  boolean isInformational() {
    return getCode() < 200;
  }

  /** Complete sentences, in order of occurrence. */
  List<String> notes() {
    return notes;
  }

  void addNote(String sentence) {
    if (!notes.contains(sentence)) {
      notes.add(sentence);
    }
  }

  /** Adds a note about a violation of HTTP; the connection is not reused. */
  void addFault(String sentence) {
    addNote(sentence);
    wellFormed = false;
  }

  /** Adds a note about why the rest of the head, and with it the body, cannot be read. */
  void endHead(String sentence) {
    addFault(sentence);
    headComplete = false;
  }

  boolean isWellFormed() {
    return wellFormed;
  }

  boolean hasReadableBody() {
    return headComplete;
  }
}
