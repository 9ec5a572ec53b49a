package com.natifico.postback.functions.statistics;

import com.natifico.postback.aws.client.AwsClients;
import com.natifico.postback.aws.client.Environment;
import com.natifico.postback.aws.dynamodb.DynamoDbStatisticsStore;
import com.natifico.postback.aws.log.Log;
import com.natifico.postback.statistics.Statistics;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * The services that this function uses.
 *
 * @param errors receives what went wrong, without any content of a row
 */
public record StatisticsComposition(Statistics statistics, BiConsumer<String, Throwable> errors) {
  static StatisticsComposition of(Map<String, String> variables) {
    Environment environment = new Environment(variables);
    return new StatisticsComposition(
        new Statistics(
            new DynamoDbStatisticsStore(
                new AwsClients(variables).dynamoDb(),
                environment.required("STATISTICS_TABLE"),
                environment.retention())),
        Log.errors());
  }
}
