package com.natifico.postback.contract.answer;

import com.natifico.postback.acceptance.RecentPreview;
import com.natifico.postback.postback.CallbackRequest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a postback would send for the newest stored events. */
public record RecentPreviewAnswer(List<Example> examples) {

  /**
   * @param headers the postback's own request headers
   */
  public record Example(
      String conversionId,
      String url,
      @Nullable String body,
      Map<String, String> headers,
      @Nullable Sent sent) {}

  public record Sent(String url, @Nullable String body) {}

  public static RecentPreviewAnswer of(List<RecentPreview.Example> examples) {
    return new RecentPreviewAnswer(
        examples.stream()
            .map(
                each ->
                    new Example(
                        each.conversionId(),
                        each.request().url(),
                        each.request().body(),
                        each.request().headers().byName(),
                        sent(each.sent())))
            .toList());
  }

  private static @Nullable Sent sent(@Nullable CallbackRequest request) {
    return request == null ? null : new Sent(request.url(), request.body());
  }
}
