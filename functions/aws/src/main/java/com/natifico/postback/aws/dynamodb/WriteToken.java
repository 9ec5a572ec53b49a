package com.natifico.postback.aws.dynamodb;

import com.natifico.postback.Ids;
import java.util.Map;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A token that one conditional write stores in the item. When the response to a write is lost, the
 * client repeats the write, and the repeat fails because of what the first write stored. The token
 * shows that the stored item is our own.
 */
record WriteToken(String value) {
  private static final String ATTRIBUTE = "w";

  /** 40 bits: enough to distinguish the few writers of one item. */
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
