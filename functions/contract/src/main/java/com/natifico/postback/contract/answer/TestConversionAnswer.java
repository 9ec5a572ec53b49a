package com.natifico.postback.contract.answer;

import com.natifico.postback.acceptance.TestConversions;
import com.natifico.postback.conversion.ConversionEvent;
import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.macro.Template.Finding;
import java.util.List;

/** What a test conversion came to so far. */
public record TestConversionAnswer(
    String testConversionId,
    boolean complete,
    List<DeliveryAnswer> deliveries,
    List<SkippedAnswer> skipped,
    List<WarningAnswer> warnings) {

  /** Cut, so that the answer has room for all of them, if they are very long together. */
  private static List<DeliveryAnswer> deliveries(List<Delivery> deliveries) {
    int length = deliveries.stream().mapToInt(AnswerSize::length).sum();
    int share =
        length <= AnswerSize.MAX_TEXT
            ? Integer.MAX_VALUE
            : AnswerSize.MAX_TEXT / (2 * deliveries.size());
    return deliveries.stream().map(delivery -> DeliveryAnswer.of(delivery, share)).toList();
  }

  /**
   * @param found what an ad platform demands and the requests lack
   */
  public static TestConversionAnswer of(TestConversions.Report report, List<Finding> found) {
    ConversionEvent event = report.event();
    return new TestConversionAnswer(
        event.conversion().conversionId(),
        report.complete(),
        deliveries(report.deliveries()),
        event.skipped().stream().map(skipped -> SkippedAnswer.of(event, skipped)).toList(),
        WarningAnswer.of(found));
  }
}
