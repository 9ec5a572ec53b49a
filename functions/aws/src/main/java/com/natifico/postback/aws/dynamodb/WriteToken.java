package com.natifico.postback.aws.dynamodb;

import com.natifico.postback.Ids;
import java.util.Map;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What one conditional write leaves in the item. When the answer to a write is lost, the client
 * repeats it, and the repeat fails on what the first one wrote: by the token it is seen that nobody
 * else was there.
 */
record WriteToken(String value) {
  private static final String ATTRIBUTE = "w";

  /** 40 bits: enough to tell the few writers of one item apart. */
  private static final int DIGITS = 8;

  record Source(RandomGenerator random) {
    WriteToken next() {
      return new WriteToken(Ids.random(random, DIGITS));
    }
  }

  Item on(Item item) {
    return item.text(ATTRIBUTE, value);
  }

  boolean isOn(Map<String, AttributeValue> item) {
    return value.equals(new Item(item).textOrNull(ATTRIBUTE));
  }
}
