package com.natifico.postback.contract.answer;

import com.natifico.postback.acceptance.TestConversions;
import com.natifico.postback.conversion.ConversionEvent;
import java.util.List;

/** What a test conversion came to so far. */
public record TestConversionAnswer(
    String testConversionId,
    boolean complete,
    List<DeliveryAnswer> deliveries,
    List<SkippedAnswer> skipped) {

  public static TestConversionAnswer of(TestConversions.Report report) {
    ConversionEvent event = report.event();
    return new TestConversionAnswer(
        event.conversion().conversionId(),
        report.complete(),
        report.deliveries().stream().map(DeliveryAnswer::of).toList(),
        event.skipped().stream().map(skipped -> SkippedAnswer.of(event, skipped)).toList());
  }
}
