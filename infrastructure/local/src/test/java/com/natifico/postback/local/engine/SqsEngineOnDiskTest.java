package com.natifico.postback.local.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.natifico.postback.local.template.Resource;
import com.natifico.postback.local.template.StackTemplate;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Queues on disk: a message that is confirmed is stored. */
final class SqsEngineOnDiskTest {
  /** Longer than ElasticMQ waits for its storage. */
  private static final Duration PATIENCE = Duration.ofSeconds(7);

  private final List<Resource> queues =
      StackTemplate.read(
              Path.of(System.getProperty("project.root"), "template.yaml"),
              Map.of(),
              "https://queues/")
          .resources(Resource.QUEUE);

  @TempDir private Path directory;

  private SqsClient client(SqsEngine.Address address) {
    return SqsClient.builder()
        .endpointOverride(address.endpoint())
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
        .httpClient(Apache5HttpClient.builder().socketTimeout(PATIENCE).build())
        .overrideConfiguration(
            configuration ->
                configuration
                    .apiCallTimeout(PATIENCE)
                    .retryStrategy(strategy -> strategy.maxAttempts(1)))
        .build();
  }

  /** Returns the number of rows that the statement changed. */
  private int onDatabase(String sql) throws SQLException {
    String url =
        "jdbc:h2:" + directory.resolve("queues").toAbsolutePath() + ";DB_CLOSE_ON_EXIT=FALSE";
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      return statement.executeUpdate(sql.formatted(table(statement)));
    }
  }

  private static String table(Statement statement) throws SQLException {
    try (ResultSet tables = statement.executeQuery("show tables")) {
      while (tables.next()) {
        if (tables.getString(1).startsWith("MESSAGE_CALLBACKQUEUE")) {
          return tables.getString(1);
        }
      }
    }
    throw new AssertionError("no table of CallbackQueue");
  }

  /** One test, because ElasticMQ keeps its connections to one database for the whole process. */
  @Test
  void storesWhatItConfirmsAndConfirmsNothingMoreOnceItCouldNotStoreAMessage() throws SQLException {
    SqsEngine.Address address = SqsEngine.Address.free();
    SqsEngine engine = SqsEngine.start(address, queues, directory);
    try (SqsClient sqs = client(address)) {
      String queue = address.queueUrlPrefix() + "CallbackQueue";
      sqs.sendMessage(send -> send.queueUrl(queue).messageBody("stored"));
      assertEquals(1, onDatabase("delete from %s"));

      onDatabase("alter table %s rename to AWAY");
      assertThrows(
          SdkException.class, () -> sqs.sendMessage(send -> send.queueUrl(queue).messageBody("1")));
      assertThrows(
          SdkException.class, () -> sqs.sendMessage(send -> send.queueUrl(queue).messageBody("2")));
    } finally {
      engine.close();
    }
  }
}
