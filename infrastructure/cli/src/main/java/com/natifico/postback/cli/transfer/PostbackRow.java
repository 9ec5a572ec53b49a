package com.natifico.postback.cli.transfer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * A row of a file.
 *
 * @param number the line in which it begins, or the position in an array, from 1
 * @param content the members of a postback, some of them only found in answers
 */
public record PostbackRow(int number, ObjectNode content) {
  @Nullable String affiliateId() {
    return PostbackForm.isAbsent(content.path("affiliate_id"))
        ? null
        : content.path("affiliate_id").asText();
  }

  @Nullable String postbackId() {
    return PostbackForm.isAbsent(content.path("postback_id"))
        ? null
        : content.path("postback_id").asText();
  }
}
