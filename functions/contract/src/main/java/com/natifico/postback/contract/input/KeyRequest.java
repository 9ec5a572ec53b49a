package com.natifico.postback.contract.input;

import com.natifico.postback.access.Role;
import org.jspecify.annotations.Nullable;

/** An admin's request for a key: {@code {role, affiliate_id?, label?}}. */
public record KeyRequest(Role role, @Nullable String affiliateId, @Nullable String label) {
  private static final int LABEL_LENGTH = 200;

  /**
   * @throws com.natifico.postback.contract.problem.ProblemException 422 with all errors
   */
  public static KeyRequest read(Input.Obj body) {
    Fields fields = Fields.of(body);
    fields.require("role");
    Role role = fields.word("role", Role.words(), Role::find);
    String affiliateId = fields.id("affiliate_id");
    String label = fields.text("label", LABEL_LENGTH);
    if (role == Role.AFFILIATE) {
      fields.require("affiliate_id");
      if ("me".equals(affiliateId)) {
        fields.reject(
            "affiliate_id",
            "invalid_id",
            "The id me denotes the caller's own affiliate in paths; no affiliate can have it.");
      }
    } else if (role != null && fields.hasValue("affiliate_id")) {
      fields.reject(
          "affiliate_id",
          "not_applicable",
          "Only a key of the role affiliate is bound to an affiliate; omit affiliate_id.");
    }
    fields.finish();
    if (role == null) {
      throw new IllegalStateException("a missing role was not rejected");
    }
    return new KeyRequest(role, affiliateId, label);
  }
}
