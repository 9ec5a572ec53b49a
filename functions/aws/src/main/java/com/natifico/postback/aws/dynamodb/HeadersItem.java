package com.natifico.postback.aws.dynamodb;

import com.natifico.postback.postback.RequestHeaders;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The headers of a postback or of a callback as a map; absent if there are none. */
final class HeadersItem {
  private HeadersItem() {}

  static Map<String, AttributeValue> of(RequestHeaders headers) {
    Map<String, AttributeValue> values = new HashMap<>();
    headers.byName().forEach((name, value) -> values.put(name, Item.of(value)));
    return values;
  }

  static RequestHeaders read(@Nullable AttributeValue stored) {
    if (stored == null) {
      return RequestHeaders.NONE;
    }
    Map<String, String> headers = new HashMap<>();
    stored.m().forEach((name, value) -> headers.put(name, value.s()));
    return new RequestHeaders(headers);
  }
}
