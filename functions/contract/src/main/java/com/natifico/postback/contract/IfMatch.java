package com.natifico.postback.contract;

import com.natifico.postback.contract.problem.Problem;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The versions that a client expects when it makes a change (RFC 9110, section 13.1.1). A weak tag
 * matches nothing, because the comparison is the strong one.
 *
 * @param any whether any version is accepted
 * @param tags the accepted tags, if not any version is accepted
 */
public record IfMatch(boolean any, Set<String> tags) {
  private static final Pattern TAG =
      Pattern.compile("\\G[ \\t]*(W/)?(\"[\\x21\\x23-\\x7e\\x80-\\xff]*\")[ \\t]*(,|$)");

  public IfMatch {
    tags = Set.copyOf(tags);
  }

  /**
   * @param header the header's value; null if the request has none
   * @throws com.natifico.postback.contract.problem.ProblemException 400 if the value is invalid
   */
  static IfMatch parse(@Nullable String header) {
    if (header == null || header.strip().equals("*")) {
      return new IfMatch(true, Set.of());
    }
    Set<String> tags = new HashSet<>();
    Matcher matcher = TAG.matcher(header);
    int end = 0;
    while (matcher.find()) {
      if (matcher.group(1) == null) {
        tags.add(matcher.group(2));
      }
      end = matcher.end();
      if (matcher.group(3).isEmpty()) {
        break;
      }
    }
    if (end == 0 || end < header.length() || header.endsWith(",")) {
      throw Problem.malformed(
          "The header If-Match must be * or entity tags in quotes, as in If-Match: \"3\".");
    }
    return new IfMatch(false, tags);
  }

  /** Whether the change may be made to this version. */
  public boolean holds(long version) {
    return any || tags.contains(tag(version));
  }

  /** The entity tag of a version. */
  public static String tag(long version) {
    return '"' + Long.toString(version) + '"';
  }
}
