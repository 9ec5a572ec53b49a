package com.natifico.postback.contract.answer;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.natifico.postback.acceptance.RecentPreview;
import com.natifico.postback.conversion.Skipped;
import com.natifico.postback.macro.Template.Finding;
import com.natifico.postback.postback.CallbackRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a postback would send for the newest stored events. */
public record RecentPreviewAnswer(List<Example> examples, List<WarningAnswer> warnings) {

  /**
   * @param createdAt when the event was accepted
   * @param request what the postback would send
   * @param skipped why it would not be sent; null if it would
   */
  public record Example(
      @JsonUnwrapped OutcomeAnswer.Ids ids,
      @JsonUnwrapped OutcomeAnswer.Values values,
      Instant createdAt,
      @JsonUnwrapped Expanded request,
      @Nullable Why skipped,
      @Nullable Expanded sent) {}

  /**
   * @param headers the postback's own request headers
   */
  public record Expanded(
      String method,
      String url,
      @Nullable String body,
      @Nullable String contentType,
      Map<String, String> headers) {
    private static Expanded of(CallbackRequest request) {
      return new Expanded(
          request.method().name(),
          request.url(),
          request.body(),
          request.contentType(),
          request.headers().byName());
    }
  }

  /**
   * @param sameAs the other postback with the same request; left out unless that is the reason
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Why(String reason, @Nullable String sameAs) {}

  /**
   * @param found what the newest events lack
   */
  public static RecentPreviewAnswer of(List<RecentPreview.Example> examples, List<Finding> found) {
    return new RecentPreviewAnswer(
        examples.stream().map(RecentPreviewAnswer::example).toList(), WarningAnswer.of(found));
  }

  private static Example example(RecentPreview.Example example) {
    Skipped skipped = example.skipped();
    CallbackRequest sent = example.sent();
    return new Example(
        OutcomeAnswer.Ids.of(example.event()),
        OutcomeAnswer.Values.of(example.event()),
        example.event().id().claimedAt(),
        Expanded.of(example.request()),
        skipped == null ? null : new Why(skipped.reason().word(), skipped.sameAs()),
        sent == null ? null : Expanded.of(sent));
  }
}
