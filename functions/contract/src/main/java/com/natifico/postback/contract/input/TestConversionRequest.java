package com.natifico.postback.contract.input;

import com.natifico.postback.acceptance.TestConversions;
import com.natifico.postback.conversion.Conversion;
import com.natifico.postback.conversion.ConversionStatus;
import com.natifico.postback.conversion.EventIdentity;
import com.natifico.postback.conversion.PushedFields;
import com.natifico.postback.conversion.StatusMap;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * Reads the request for a test conversion: {@code {offer_id, status?, goal?, postback_id?,
 * wait_seconds?}} and any field of a conversion.
 */
public final class TestConversionRequest {
  private static final int DEFAULT_WAIT_SECONDS = 10;
  private static final int MAX_WAIT_SECONDS = 20;

  private TestConversionRequest() {}

  /**
   * @param affiliateId whose postbacks are tested
   * @param id the test conversion's own; a {@code conversion_id} in the request is only shown
   * @param fields the request, of which the affiliate has been read
   * @throws com.natifico.postback.contract.problem.ProblemException 422 with everything that is
   *     wrong
   */
  public static TestConversions.Request read(String affiliateId, String id, Fields fields) {
    Integer wait = fields.integer("wait_seconds", 0, MAX_WAIT_SECONDS);
    String postbackId = fields.id("postback_id");
    fields.require("offer_id");
    String offerId = fields.id("offer_id");
    ConversionStatus status = ConversionReader.status(fields, StatusMap.NONE);
    String goal = ConversionReader.goal(fields);
    int revision = ConversionReader.revision(fields);
    String shownId = ConversionReader.conversionId(fields);
    Instant occurredAt = ConversionReader.time(fields, "occurred_at");
    Instant clickAt = ConversionReader.time(fields, "click_at");
    PushedFields given = ConversionReader.macroFields(fields);
    fields.finish();
    EventIdentity identity =
        new EventIdentity(
            affiliateId, id, goal, status == null ? ConversionStatus.APPROVED : status, revision);
    return new TestConversions.Request(
        new Conversion(
            identity,
            Objects.requireNonNull(offerId),
            occurredAt,
            clickAt,
            shownId == null ? given : given.with(Map.of("conversion_id", shownId))),
        postbackId,
        Duration.ofSeconds(wait == null ? DEFAULT_WAIT_SECONDS : wait));
  }
}
