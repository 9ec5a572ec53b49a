package com.natifico.postback.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.natifico.postback.local.engine.Clients;
import com.natifico.postback.local.engine.EmbeddedEngines;
import com.natifico.postback.local.engine.Engines;
import com.natifico.postback.local.engine.ExternalEngines;
import com.natifico.postback.local.engine.LocalKeys;
import com.natifico.postback.local.engine.Tables;
import com.natifico.postback.local.function.FunctionSettings;
import com.natifico.postback.local.function.LocalFunction;
import com.natifico.postback.local.gateway.GatewayServer;
import com.natifico.postback.local.gateway.HttpApi;
import com.natifico.postback.local.mapping.Mapping;
import com.natifico.postback.local.mapping.MappingSettings;
import com.natifico.postback.local.permission.Roles;
import com.natifico.postback.local.schedule.Schedule;
import com.natifico.postback.local.schedule.ScheduleSettings;
import com.natifico.postback.local.stream.StreamMapping;
import com.natifico.postback.local.stream.StreamMappingSettings;
import com.natifico.postback.local.stream.Topics;
import com.natifico.postback.local.template.Resource;
import com.natifico.postback.local.template.StackTemplate;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TimeZone;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Runs template.yaml on this machine. Parts are started in the order of their dependencies. */
public final class LocalStack implements AutoCloseable {
  private final Deque<AutoCloseable> started = new ArrayDeque<>();
  private final GatewayServer gateway;
  private final Engines engines;
  private final Engines.Endpoints endpoints;
  private final Topics topics;
  private final Roles roles;
  private final Map<String, String> queueUrls = new LinkedHashMap<>();
  private final Map<String, LocalFunction> functions = new LinkedHashMap<>();
  private final List<Schedule> running = new ArrayList<>();

  /**
   * Starts everything and returns when it is ready.
   *
   * @param root the project's root, where template.yaml and the functions' packages are
   * @param environment the settings PORT, PARAMETER_OVERRIDES and DATA_DIR; optionally the
   *     endpoints of external engines
   * @throws StartFailure with one line that says what to do
   */
  public static LocalStack start(Path root, Map<String, String> environment) {
    return new LocalStack(root, Settings.of(root, environment));
  }

  /**
   * @param arguments the project's root (default: the working directory), and {@code
   *     --end-with-parent}
   */
  public static void main(String[] arguments) {
    List<String> given = new ArrayList<>(List.of(arguments));
    if (given.remove("--end-with-parent")) {
      Program.endWithParent();
    }
    // As on Lambda.
    TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
    Path root = Path.of(given.isEmpty() ? "" : given.getFirst()).toAbsolutePath().normalize();
    int status = 1;
    try {
      status = new Program().run(root, System.getenv());
    } finally {
      // The engines' threads would keep the process alive.
      Runtime.getRuntime().halt(status);
    }
  }

  LocalStack(Path root, Settings settings) {
    try {
      boolean elsewhere = ExternalEngines.areIn(settings.environment());
      if (elsewhere && settings.dataDirectory() != null) {
        throw new StartFailure(
            "DATA_DIR applies to the embedded engines only: remove DATA_DIR or the endpoints of"
                + " external engines.");
      }
      DataDirectory data =
          settings.dataDirectory() == null
              ? null
              : opened(DataDirectory.open(settings.dataDirectory()));
      engines =
          opened(
              elsewhere
                  ? new ExternalEngines(settings.environment())
                  : new EmbeddedEngines(
                      settings.dynamoDbPort(),
                      data == null ? null : data.tables(),
                      data == null ? null : data.queues()));
      StackTemplate template =
          StackTemplate.read(
              root.resolve("template.yaml"),
              settings.overrides(),
              engines.queueUrlPrefix(),
              engines.namePrefix());
      HttpApi api = HttpApi.of(template);
      ObjectMapper json = new ObjectMapper();
      roles = new Roles(template);
      topics = opened(Topics.start(template, roles, System.out));
      List<MappingSettings> mappings = MappingSettings.of(template);
      List<StreamMappingSettings> streamMappings = StreamMappingSettings.of(template);
      List<ScheduleSettings> schedules = ScheduleSettings.of(template);
      List<Resource> queues = template.resources(Resource.QUEUE);
      gateway = opened(GatewayServer.bind(settings.port()));
      endpoints = engines.start(queues, roles);

      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        DynamoDbClient dynamo = opened(Clients.dynamo(endpoints.tables()));
        SqsClient sqs = opened(Clients.sqs(endpoints.queues()));
        Future<?> tables = threads.submit(() -> createTables(template, dynamo));
        engines.settle(queues, sqs);
        queues.forEach(queue -> queueUrls.put(queue.id(), engines.queueUrlPrefix() + queue.name()));
        StartFailure.await(tables);

        DynamoDbStreamsClient streams = opened(Clients.dynamoStreams(endpoints.streams()));
        functions.putAll(load(template, root, threads));
        for (MappingSettings mapping : mappings) {
          roles.require(
              mapping.functionId(),
              mapping.queueArn(),
              "sqs:ReceiveMessage",
              "sqs:DeleteMessage",
              "sqs:GetQueueAttributes");
          String url = engines.queueUrlPrefix() + mapping.queueName();
          LocalFunction function = Objects.requireNonNull(functions.get(mapping.functionId()));
          opened(Mapping.start(mapping, url, function, sqs, json));
        }
        for (StreamMappingSettings mapping : streamMappings) {
          requirePermissions(mapping);
          LocalFunction function = Objects.requireNonNull(functions.get(mapping.functionId()));
          opened(StreamMapping.start(mapping, dynamo, streams, function, json));
        }
        for (ScheduleSettings schedule : schedules) {
          LocalFunction function = Objects.requireNonNull(functions.get(schedule.functionId()));
          running.add(opened(Schedule.start(schedule.interval(), function)));
        }
        gateway.serve(api, functions, json, InstantSource.system());
        // The gateway took its port first and stops first.
        started.remove(gateway);
        started.push(gateway);
      }
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  private void requirePermissions(StreamMappingSettings mapping) {
    roles.require(
        mapping.functionId(),
        mapping.streamArn(),
        "dynamodb:DescribeStream",
        "dynamodb:GetRecords",
        "dynamodb:GetShardIterator");
    roles.require(mapping.functionId(), "*", "dynamodb:ListStreams");
    String failures = mapping.failuresArn();
    if (failures != null) {
      roles.require(mapping.functionId(), failures, "sqs:SendMessage");
    }
  }

  private <T extends AutoCloseable> T opened(T resource) {
    started.push(resource);
    return resource;
  }

  private static void createTables(StackTemplate template, DynamoDbClient dynamo) {
    List<Resource> tables = template.resources(Resource.TABLE);
    Tables.create(tables, dynamo);
    tables.stream()
        .filter(table -> table.id().equals("KeysTable"))
        .forEach(table -> LocalKeys.write(table.name(), dynamo));
  }

  private Map<String, LocalFunction> load(
      StackTemplate template, Path root, ExecutorService threads) {
    Map<String, String> variables =
        Map.of(
            "AWS_ENDPOINT_URL_DYNAMODB",
            endpoints.tables().toString(),
            "AWS_ENDPOINT_URL_SQS",
            endpoints.queuesOfFunctions().toString(),
            "AWS_ENDPOINT_URL_SNS",
            topics.endpoint().toString(),
            "AWS_SECRET_ACCESS_KEY",
            Clients.SECRET_KEY);
    List<Future<LocalFunction>> loading = new ArrayList<>();
    for (Resource function : template.resources(Resource.FUNCTION)) {
      FunctionSettings settings = FunctionSettings.of(function, root, variables);
      Callable<LocalFunction> load = () -> LocalFunction.load(settings);
      loading.add(threads.submit(load));
    }
    Map<String, LocalFunction> functions = new LinkedHashMap<>();
    StartFailure failure = null;
    for (Future<LocalFunction> future : loading) {
      try {
        LocalFunction function = opened(StartFailure.await(future));
        functions.put(function.id(), function);
      } catch (StartFailure e) {
        failure = failure == null ? e : failure;
      }
    }
    if (failure != null) {
      throw failure;
    }
    return functions;
  }

  /** The port of the HTTP API. */
  public int port() {
    return gateway.port();
  }

  /**
   * The endpoint of DynamoDB, which accepts any credentials. A table's name is {@link
   * #namePrefix()} followed by its logical id.
   */
  public URI dynamoEndpoint() {
    return endpoints.tables();
  }

  /** The endpoint of SQS, which accepts any credentials. */
  public URI sqsEndpoint() {
    return endpoints.queues();
  }

  /** The prefix of the tables' names; empty on the embedded engines. */
  public String namePrefix() {
    return engines.namePrefix();
  }

  /** The queues' URLs by their logical ids. */
  public Map<String, String> queueUrls() {
    return Map.copyOf(queueUrls);
  }

  /**
   * The messages published to a topic since the start, oldest first.
   *
   * @param topicId the topic's logical id
   */
  public List<String> events(String topicId) {
    return topics.published(topicId);
  }

  /**
   * A function that runs here.
   *
   * @param id its logical id
   */
  public LocalFunction function(String id) {
    return Objects.requireNonNull(functions.get(id), id);
  }

  /** Runs each schedule's function once now, so that no caller waits for the next minute. */
  public void runSchedules() {
    running.forEach(Schedule::run);
  }

  /** The permissions of the functions, and which of them were used. */
  public Roles roles() {
    return roles;
  }

  /** Stops polling, waits for requests in flight, then stops everything. Takes a few seconds. */
  @Override
  public void close() {
    for (AutoCloseable resource : started) {
      if (resource instanceof Mapping mapping) {
        mapping.stopPolling();
      }
    }
    while (!started.isEmpty()) {
      try {
        started.pop().close();
      } catch (Exception e) {
        System.err.println("While stopping: " + e);
      }
    }
  }
}
