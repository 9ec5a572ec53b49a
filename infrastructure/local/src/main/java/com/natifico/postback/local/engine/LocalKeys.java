package com.natifico.postback.local.engine;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The keys that exist only in the local stack. */
public final class LocalKeys {
  private record LocalKey(String key, String role, @Nullable String affiliateId) {}

  private static final List<LocalKey> KEYS =
      List.of(
          new LocalKey("local-admin", "admin", null),
          new LocalKey("local-manager", "manager", null),
          new LocalKey("local-network", "network", null),
          new LocalKey("local-affiliate-77", "affiliate", "77"),
          new LocalKey("local-affiliate-88", "affiliate", "88"));

  private LocalKeys() {}

  /** Writes the keys as the API does: only their hashes. */
  public static void write(String keysTable, DynamoDbClient dynamo) {
    for (LocalKey key : KEYS) {
      Map<String, AttributeValue> item = item(key);
      dynamo.putItem(request -> request.tableName(keysTable).item(item));
    }
  }

  private static Map<String, AttributeValue> item(LocalKey key) {
    String hash = sha256(key.key());
    Map<String, AttributeValue> item = new HashMap<>();
    item.put("key_id", AttributeValue.fromS("k" + hash.substring(0, 16)));
    item.put("kind", AttributeValue.fromS("key"));
    item.put("hash", AttributeValue.fromS(hash));
    item.put("role", AttributeValue.fromS(key.role()));
    if (key.affiliateId() != null) {
      item.put("affiliate_id", AttributeValue.fromS(key.affiliateId()));
    }
    item.put("label", AttributeValue.fromS(key.key()));
    item.put("created_at", AttributeValue.fromS("2026-01-01T00:00:00Z"));
    return item;
  }

  private static String sha256(String key) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
