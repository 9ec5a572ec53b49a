package com.natifico.postback.functions.statistics;

import com.natifico.postback.aws.client.AwsClients;
import com.natifico.postback.aws.client.Environment;
import com.natifico.postback.aws.dynamodb.DynamoDbAffiliateDirectory;
import com.natifico.postback.aws.dynamodb.DynamoDbStatisticsStore;
import com.natifico.postback.aws.log.Log;
import com.natifico.postback.directory.SeenAffiliates;
import com.natifico.postback.statistics.Statistics;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.BiConsumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The services that this function uses.
 *
 * @param errors receives what went wrong, without any content of a row
 */
public record StatisticsComposition(Statistics statistics, BiConsumer<String, Throwable> errors) {
  static StatisticsComposition of(Map<String, String> variables) {
    Environment environment = new Environment(variables);
    DynamoDbClient dynamoDb = new AwsClients(variables).dynamoDb();
    String table = environment.required("STATISTICS_TABLE");
    SeenAffiliates seen =
        new SeenAffiliates(
            new DynamoDbAffiliateDirectory(dynamoDb, table), InstantSource.system(), Log.errors());
    return new StatisticsComposition(
        new Statistics(
            seen.of(new DynamoDbStatisticsStore(dynamoDb, table, environment.retention()))),
        Log.errors());
  }
}
