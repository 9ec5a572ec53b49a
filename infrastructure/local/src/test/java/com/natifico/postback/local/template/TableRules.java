package com.natifico.postback.local.template;

/** What every table has. */
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
                Rule.isKept(deployment.declaration(check.resource())), "goes with the stack");
          });

  /** Rows end by themselves, or the table says why not. */
  static final Rule ENDS =
      Rule.each(
          Resource.TABLE,
          (check, deployment) -> {
            Section ttl = check.properties().section("TimeToLiveSpecification");
            Section metadata = deployment.declaration(check.resource()).section("Metadata");
            check.that(
                ttl.bool("Enabled") != metadata.has("NoTimeToLive"),
                "needs a time to live, or the reason why it has none in Metadata.NoTimeToLive");
            if (ttl.bool("Enabled")) {
              check.is(ttl, "AttributeName", "expires_at");
            }
          });
}
