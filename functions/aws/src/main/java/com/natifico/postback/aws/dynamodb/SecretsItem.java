package com.natifico.postback.aws.dynamodb;

import com.natifico.postback.postback.PostbackKey;
import com.natifico.postback.postback.SecretWrites;
import com.natifico.postback.postback.Secrets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.Update;

/**
 * The secrets of a postback as an item of the table of secrets: an attribute for each, so that one
 * can be replaced without reading the others.
 */
public final class SecretsItem {
  public static final String AFFILIATE_ID = "affiliate_id";
  public static final String POSTBACK_ID = "postback_id";

  private static final String NAMED = "n#";
  private static final String SIGNING = "s#";

  private SecretsItem() {}

  public static Map<String, AttributeValue> key(String affiliateId, String postbackId) {
    return Map.of(AFFILIATE_ID, Item.of(affiliateId), POSTBACK_ID, Item.of(postbackId));
  }

  static Secrets read(Map<String, AttributeValue> attributes) {
    return new Secrets(values(attributes, NAMED), values(attributes, SIGNING));
  }

  private static Map<String, String> values(Map<String, AttributeValue> attributes, String prefix) {
    Map<String, String> values = new HashMap<>();
    attributes.forEach(
        (name, value) -> {
          if (name.startsWith(prefix)) {
            values.put(name.substring(prefix.length()), value.s());
          }
        });
    return values;
  }

  /** Deletes all secrets of a postback. */
  static TransactWriteItem delete(String table, PostbackKey key) {
    return TransactWriteItem.builder()
        .delete(
            Delete.builder().tableName(table).key(key(key.affiliateId(), key.postbackId())).build())
        .build();
  }

  /**
   * @param writes is not empty
   */
  static TransactWriteItem write(String table, PostbackKey key, SecretWrites writes) {
    Map<String, String> names = new HashMap<>();
    Map<String, AttributeValue> values = new HashMap<>();
    List<String> sets = new ArrayList<>();
    List<String> removals = new ArrayList<>();
    Map<String, String> put = new HashMap<>();
    writes.put().named().forEach((name, value) -> put.put(NAMED + name, value));
    writes.put().signing().forEach((id, value) -> put.put(SIGNING + id, value));
    put.forEach(
        (attribute, value) -> {
          String number = Integer.toString(names.size());
          names.put("#" + number, attribute);
          values.put(":" + number, Item.of(value));
          sets.add("#" + number + " = :" + number);
        });
    List<String> removed = new ArrayList<>();
    writes.removedNames().forEach(name -> removed.add(NAMED + name));
    writes.removedSigning().forEach(id -> removed.add(SIGNING + id));
    for (String attribute : removed) {
      if (!put.containsKey(attribute)) {
        String number = Integer.toString(names.size());
        names.put("#" + number, attribute);
        removals.add("#" + number);
      }
    }
    Update.Builder update =
        Update.builder()
            .tableName(table)
            .key(key(key.affiliateId(), key.postbackId()))
            .updateExpression((clause("SET ", sets) + clause(" REMOVE ", removals)).strip())
            .expressionAttributeNames(names);
    if (!values.isEmpty()) {
      update.expressionAttributeValues(values);
    }
    return TransactWriteItem.builder().update(update.build()).build();
  }

  private static String clause(String keyword, List<String> actions) {
    return actions.isEmpty() ? "" : keyword + String.join(", ", actions);
  }
}
