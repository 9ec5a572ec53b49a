package com.natifico.postback.postback;

import com.natifico.postback.macro.Template;
import com.natifico.postback.macro.Template.Finding;
import com.natifico.postback.macro.Template.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The request of a postback, with macros: {@code url}, {@code method}, {@code body} and {@code
 * content_type} of the HTTP contract.
 *
 * @param body null if the request has none
 */
public record RequestTemplate(HttpMethod method, String url, @Nullable RequestBody body) {
  public static RequestTemplate get(String url) {
    return new RequestTemplate(HttpMethod.GET, url, null);
  }

  /** What is probably not meant, though it can be sent. */
  public List<Finding> warnings() {
    return Template.warnings(
        Template.parse(url, Kind.URL),
        body == null ? null : Template.parse(body.text(), body.kind()));
  }
}
