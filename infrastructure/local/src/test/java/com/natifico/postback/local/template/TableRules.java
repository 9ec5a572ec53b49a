package com.natifico.postback.local.template;

/** Rules for tables. */
final class TableRules {
  private TableRules() {}

  static final Rule PROTECTED =
      Rule.each(
          Resource.TABLE,
          (check, deployment) -> {
            check.has("BillingMode");
            check.is(check.properties(), "DeletionProtectionEnabled", "true");
            check.is(
                check.properties().section("PointInTimeRecoverySpecification"),
                "PointInTimeRecoveryEnabled",
                "true");
            check.is(check.properties().section("SSESpecification"), "SSEEnabled", "true");
            check.that(
                Rule.isKept(deployment.declaration(check.resource())), "is deleted with the stack");
          });

  /** Rows expire, or the table says why not. */
  static final Rule ENDS =
      Rule.each(
          Resource.TABLE,
          (check, deployment) -> {
            Section ttl = check.properties().section("TimeToLiveSpecification");
            Section metadata = deployment.declaration(check.resource()).section("Metadata");
            check.that(
                ttl.bool("Enabled") != metadata.has("NoTimeToLive"),
                "needs a time to live, or the reason for not having one in Metadata.NoTimeToLive");
            if (ttl.bool("Enabled")) {
              check.is(ttl, "AttributeName", "expires_at");
            }
          });
}
