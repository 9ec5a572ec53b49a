package com.natifico.postback.contract.answer;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.natifico.postback.directory.AffiliateOverview;

/** An affiliate with its numbers of the last 24 hours. */
public record AffiliateAnswer(
    String affiliateId,
    int postbacks,
    @JsonProperty("delivered_24h") long deliveredRecently,
    @JsonProperty("failed_24h") long failedRecently) {
  public static AffiliateAnswer of(AffiliateOverview.Entry entry) {
    return new AffiliateAnswer(
        entry.affiliateId(),
        entry.postbacks(),
        Math.max(0, entry.deliveredRecently()),
        Math.max(0, entry.failedRecently()));
  }
}
