package com.natifico.postback.delivery;

import com.natifico.postback.conversion.ConversionStatus;

/**
 * The conversion event that a callback reports.
 *
 * @param offerId the offer of the conversion, also if the postback is a global one
 * @param test whether it is an account manager's test conversion
 */
public record ReportedEvent(
    String affiliateId,
    String offerId,
    String conversionId,
    ConversionStatus status,
    boolean test) {}
