package com.natifico.postback.simulation;

import com.natifico.postback.conversion.ConversionEvent;
import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.PostbackKey;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One call of a port by a worker.
 *
 * @param number the position in the order in which steps begin, from 1
 * @param port the simple name of the port's interface
 */
record Step(
    int number, Worker worker, String port, String method, List<@Nullable Object> arguments) {
  private static final Set<String> TABLES =
      Set.of("DeliveryLog", "EventStore", "PaceStore", "PostbackHealth", "PostbackStore");
  private static final Set<String> OTHER_TABLES =
      Set.of(
          "AffiliateDirectory",
          "CallLimits",
          "FirstAnswers",
          "KeyStore",
          "PushLog",
          "SigningKeyStore",
          "StatisticsStore",
          "TroubleIndex",
          "WakeUps");
  private static final Set<String> TABLES_OF_CONVERSIONS =
      Set.of("DeliveryLog", "EventStore", "WakeUps");
  private static final Set<String> READS =
      Set.of("find", "findAll", "list", "forOffer", "ofConversion", "newerThan", "previous");

  /** The name of the side effect. */
  String name() {
    return port + "." + method;
  }

  boolean isOfDynamoDb() {
    return TABLES.contains(port) || OTHER_TABLES.contains(port);
  }

  /** Whether it is a call of the tables that can be provisioned. */
  boolean isOfConversions() {
    return TABLES_OF_CONVERSIONS.contains(port);
  }

  /** Whether it is a call of a table for an item of this affiliate. */
  boolean isAbout(String affiliateId) {
    if (!TABLES.contains(port)) {
      return false;
    }
    return switch (arguments.getFirst()) {
      case String key -> key.equals(affiliateId);
      case Delivery row -> row.callback().affiliateId().equals(affiliateId);
      case ConversionEvent event -> event.conversion().affiliateId().equals(affiliateId);
      case Postback postback -> postback.affiliateId().equals(affiliateId);
      case PostbackKey key -> key.affiliateId().equals(affiliateId);
      case null, default -> false;
    };
  }

  boolean isWrite() {
    return !READS.contains(method);
  }
}
