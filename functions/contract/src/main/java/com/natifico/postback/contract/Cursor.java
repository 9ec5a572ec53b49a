package com.natifico.postback.contract;

import com.natifico.postback.Ids;
import com.natifico.postback.contract.input.Fields;
import com.natifico.postback.contract.problem.Problem;
import com.natifico.postback.contract.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A position in a list, encoded for the client. It is bound to its list: a list of another
 * affiliate, or with another filter, rejects it.
 */
public final class Cursor {
  private static final int DIGEST = 12;

  private Cursor() {}

  /**
   * @param list the name of the list with everything that selects from it, the affiliate first
   * @param position null when there is no further page
   */
  public static @Nullable String encode(String list, @Nullable String position) {
    if (position == null) {
      return null;
    }
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((Ids.digest(DIGEST, list) + position).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Reads the query parameter {@code cursor}.
   *
   * @return the position, null if there is no cursor
   * @throws com.natifico.postback.contract.problem.ProblemException 422 if the cursor does not
   *     belong to this list
   */
  public static @Nullable String read(Fields query, String list) {
    String cursor = query.anyText("cursor");
    if (cursor == null) {
      return null;
    }
    String text;
    try {
      text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      text = "";
    }
    String digest = Ids.digest(DIGEST, list);
    if (!text.startsWith(digest) || text.length() == DIGEST) {
      throw invalid();
    }
    return text.substring(DIGEST);
  }

  /** The problem (422) for a cursor that does not belong to this list. */
  public static ProblemException invalid() {
    return Problem.invalid(
        "cursor",
        "invalid_cursor",
        "The cursor is not of this list. Take it from next of the page before, and keep the"
            + " filters as they were.");
  }
}
