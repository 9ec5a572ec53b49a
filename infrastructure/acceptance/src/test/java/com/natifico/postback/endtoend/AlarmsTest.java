package com.natifico.postback.endtoend;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.natifico.postback.aws.metric.Metric;
import com.natifico.postback.local.template.Resource;
import com.natifico.postback.local.template.Section;
import com.natifico.postback.local.template.StackTemplate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The alarms and the dashboard of template.yaml watch existing metrics and refer to existing pages.
 */
final class AlarmsTest {
  private static final Path ROOT = Path.of(System.getProperty("project.root"));
  private static final StackTemplate TEMPLATE =
      StackTemplate.read(ROOT.resolve("template.yaml"), Map.of(), "http://sqs/");
  private static final Pattern PAGE =
      Pattern.compile("Runbook: (infrastructure/operations/runbook/[a-z-]+\\.md)");
  private static final List<String> HEADINGS =
      List.of("## What it means", "## How to look", "## What to do", "## How to redrive");
  private static final String OURS = "NatificoPostback";

  /** Variables that the operator sets and that no command can look up. */
  private static final Set<String> SET_BY_OPERATOR =
      Set.of(
          "ADMIN_KEY",
          "AFFILIATE",
          "BUCKET",
          "CERTIFICATE_ARN",
          "KEY_ID",
          "NETWORK_KEY_ID",
          // The unpublished version of a function.
          "LATEST",
          "MANAGER_KEY",
          "RESTORE_TIME",
          "TABLE");

  /** The metrics of AWS that are used here (CloudWatch's pages of the services). */
  private static final Map<String, Set<String>> AWS_METRICS =
      Map.of(
          "AWS/Lambda",
              Set.of(
                  "Errors",
                  "Throttles",
                  "Duration",
                  "ConcurrentExecutions",
                  "IteratorAge",
                  "RecursiveInvocationsDropped"),
          "AWS/ApiGateway", Set.of("Count", "4xx", "5xx", "Latency", "IntegrationLatency"),
          "AWS/SQS",
              Set.of(
                  "ApproximateAgeOfOldestMessage",
                  "ApproximateNumberOfMessagesVisible",
                  "ApproximateNumberOfMessagesNotVisible",
                  "ApproximateNumberOfMessagesDelayed",
                  "NumberOfMessagesSent"),
          "AWS/DynamoDB",
              Set.of(
                  "ConsumedReadCapacityUnits",
                  "ConsumedWriteCapacityUnits",
                  "ReadThrottleEvents",
                  "WriteThrottleEvents"));

  /** The type of the resource that a dimension names. */
  private static final Map<String, String> DIMENSION_TYPES =
      Map.of(
          "FunctionName", Resource.FUNCTION,
          "QueueName", Resource.QUEUE,
          "TableName", Resource.TABLE,
          "ApiId", Resource.HTTP_API);

  /** A metric that an alarm or the dashboard uses. */
  record Watched(String by, String namespace, String name, Map<String, String> dimensions) {
    List<String> findings() {
      List<String> findings = new ArrayList<>();
      if (namespace.equals(OURS)) {
        if (Arrays.stream(Metric.values()).noneMatch(each -> each.cloudWatchName().equals(name))) {
          findings.add(by + " watches " + name + ", which is not published");
        }
        if (!dimensions.equals(Map.of("Stack", "local"))) {
          findings.add(by + " watches " + name + " of " + dimensions);
        }
      } else if (!AWS_METRICS.getOrDefault(namespace, Set.of()).contains(name)) {
        findings.add(by + " watches " + namespace + " " + name);
      }
      dimensions.forEach(
          (dimension, value) -> {
            String type = DIMENSION_TYPES.get(dimension);
            if (type != null
                && TEMPLATE.resources(type).stream().noneMatch(each -> each.name().equals(value))) {
              findings.add(by + " watches the " + dimension + " " + value);
            }
          });
      return findings;
    }
  }

  private static List<Resource> alarms() {
    return TEMPLATE.resources("AWS::CloudWatch::Alarm");
  }

  private static Stream<Watched> watchedByAlarms() {
    return alarms().stream()
        .flatMap(
            alarm ->
                alarm.properties().has("MetricName")
                    ? Stream.of(watched(alarm, alarm.properties()))
                    : alarm.properties().list("Metrics").stream()
                        .filter(metric -> metric.has("MetricStat"))
                        .map(metric -> metric.section("MetricStat").section("Metric"))
                        .map(metric -> watched(alarm, metric)));
  }

  private static Watched watched(Resource alarm, Section metric) {
    Map<String, String> dimensions = new TreeMap<>();
    metric
        .list("Dimensions")
        .forEach(each -> dimensions.put(each.text("Name"), each.text("Value")));
    return new Watched(alarm.id(), metric.text("Namespace"), metric.text("MetricName"), dimensions);
  }

  private static JsonNode dashboard() throws Exception {
    return new ObjectMapper()
        .readTree(
            TEMPLATE
                .resources("AWS::CloudWatch::Dashboard")
                .getFirst()
                .properties()
                .text("DashboardBody"));
  }

  private static Stream<Watched> watchedByTheDashboard() throws Exception {
    List<Watched> all = new ArrayList<>();
    for (JsonNode widget : dashboard().path("widgets")) {
      JsonNode properties = widget.path("properties");
      for (JsonNode metric : properties.path("metrics")) {
        Map<String, String> dimensions = new TreeMap<>();
        for (int i = 2; i + 1 < metric.size() && metric.get(i).isTextual(); i += 2) {
          dimensions.put(metric.get(i).asText(), metric.get(i + 1).asText());
        }
        all.add(
            new Watched(
                properties.path("title").asText(),
                metric.get(0).asText(),
                metric.get(1).asText(),
                dimensions));
      }
    }
    return all.stream();
  }

  @Test
  void watchExistingMetrics() throws Exception {
    assertEquals(
        List.of(),
        Stream.concat(watchedByAlarms(), watchedByTheDashboard())
            .flatMap(each -> each.findings().stream())
            .toList());
  }

  static Stream<Watched> wrong() {
    return Stream.of(
        new Watched("a", OURS, "Sent", Map.of("Stack", "local")),
        new Watched("a", OURS, "Delivered", Map.of()),
        new Watched("a", OURS, "Delivered", Map.of("Stack", "local", "Affiliate", "77")),
        new Watched("a", "AWS/SQS", "Age", Map.of("QueueName", "CallbackQueue")),
        new Watched("a", "AWS/Lambda", "Errors", Map.of("FunctionName", "GoneFunction")));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void detectsAMetricThatIsNotPublished(Watched metric) {
    assertFalse(metric.findings().isEmpty());
  }

  @Test
  void theDashboardShowsEveryCustomMetric() throws Exception {
    assertEquals(
        Arrays.stream(Metric.values()).map(Metric::cloudWatchName).collect(toSet()),
        watchedByTheDashboard()
            .filter(each -> each.namespace().equals(OURS))
            .map(Watched::name)
            .collect(toSet()));
  }

  @Test
  void theDashboardShowsEveryAlarm() throws Exception {
    Set<String> shown = new HashSet<>();
    for (JsonNode arn : dashboard().at("/widgets/1/properties/alarms")) {
      shown.add(arn.asText());
    }
    assertEquals(alarms().stream().map(Resource::arn).collect(toSet()), shown);
  }

  @Test
  void everyAlarmNotifiesTheTopic() {
    String topic =
        TEMPLATE.resources(Resource.TOPIC).stream()
            .filter(each -> each.id().equals("Alarms"))
            .findFirst()
            .orElseThrow()
            .arn();
    for (Resource alarm : alarms()) {
      assertEquals(List.of(topic), alarm.properties().texts("AlarmActions"), alarm.id());
      // Only the silence of the timer is a fault.
      assertEquals(
          alarm.id().equals("TimerStopped") ? "breaching" : "notBreaching",
          alarm.properties().text("TreatMissingData"),
          alarm.id());
    }
  }

  @Test
  void everyFailureQueueHasAnAlarm() {
    Set<String> watched =
        watchedByAlarms()
            .map(each -> each.dimensions().getOrDefault("QueueName", ""))
            .collect(toSet());
    assertTrue(
        watched.containsAll(
            Set.of(
                "CallbackQueue",
                "RetryQueue",
                "SlowQueue",
                "DeadLetterQueue",
                "UnprocessedQueue",
                "UnpublishedQueue",
                "UncountedQueue")),
        watched.toString());
  }

  @Test
  void everyAlarmHasARunbook() throws Exception {
    for (Resource alarm : alarms()) {
      Matcher page = PAGE.matcher(alarm.properties().text("AlarmDescription"));
      assertTrue(page.find(), alarm.id() + " does not name a page");
      String text = Files.readString(ROOT.resolve(page.group(1)));
      assertEquals(
          HEADINGS, text.lines().filter(line -> line.startsWith("## ")).toList(), page.group(1));
      assertTrue(text.startsWith("# " + alarm.id() + "\n"), page.group(1) + " has another title");
    }
  }

  /** A command with a literal stack name uses the name in samconfig.toml. */
  @Test
  void theRunbooksNameTheDeployedStack() throws Exception {
    Path operations = ROOT.resolve("infrastructure/operations");
    Set<String> deployed = found(operations.resolve("samconfig.toml"), "stack_name = \"([^\"]+)\"");
    try (Stream<Path> files = Files.walk(operations)) {
      for (Path page : files.filter(each -> each.toString().endsWith(".md")).toList()) {
        Set<String> named = found(page, "--stack-name ([a-z][a-z0-9-]*)");
        assertTrue(deployed.containsAll(named), () -> page + " names " + named);
      }
    }
  }

  @Test
  void theIndexListsEveryAlarmAndRunbook() throws Exception {
    Path runbook = ROOT.resolve("infrastructure/operations/runbook");
    String index = Files.readString(runbook.resolve("index.md"));
    for (Resource alarm : alarms()) {
      assertTrue(index.contains(alarm.id()), alarm.id());
    }
    try (Stream<Path> pages = Files.list(runbook)) {
      for (Path page : pages.filter(each -> !each.endsWith("index.md")).toList()) {
        assertTrue(index.contains("(" + page.getFileName() + ")"), page.toString());
      }
    }
  }

  /** Checks the names in a command: variables of its page or of deploying.md, and resources. */
  @Test
  void theRunbooksCommandsUseExistingNames() throws Exception {
    Path operations = ROOT.resolve("infrastructure/operations");
    Set<String> resources = TEMPLATE.resources().stream().map(Resource::id).collect(toSet());
    Set<String> common = found(operations.resolve("deploying.md"), "\\b([A-Z][A-Z_]+)=");
    List<String> unknown = new ArrayList<>();
    try (Stream<Path> files = Files.walk(operations)) {
      for (Path page : files.filter(each -> each.toString().endsWith(".md")).toList()) {
        Set<String> known = new HashSet<>(SET_BY_OPERATOR);
        known.addAll(common);
        known.addAll(found(page, "\\b([A-Z][A-Z_]+)="));
        found(page, "\\$\\{?([A-Z][A-Z_]+)").stream()
            .filter(name -> !known.contains(name))
            .forEach(name -> unknown.add(page.getFileName() + ": $" + name));
        found(page, "--logical-resource-id ([A-Za-z]+)").stream()
            .filter(name -> !resources.contains(name))
            .forEach(name -> unknown.add(page.getFileName() + ": " + name));
      }
    }
    assertEquals(List.of(), unknown);
    Set<String> outputs = found(ROOT.resolve("template.yaml"), "(?m)^  ([A-Za-z]+):$");
    Set<String> asked = found(operations.resolve("deploying.md"), "\\$\\(output ([A-Za-z]+)\\)");
    assertTrue(!asked.isEmpty() && outputs.containsAll(asked), asked.toString());
  }

  private static Set<String> found(Path file, String pattern) throws Exception {
    return Pattern.compile(pattern)
        .matcher(Files.readString(file))
        .results()
        .map(match -> match.group(1))
        .collect(toSet());
  }
}
