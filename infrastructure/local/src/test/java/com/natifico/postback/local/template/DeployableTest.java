package com.natifico.postback.local.template;

import static com.natifico.postback.local.template.Deployment.changed;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules of template.yaml that operators rely on, and a proof that each rule can fail. */
final class DeployableTest {
  private static final Map<String, Rule> RULES =
      Map.ofEntries(
          Map.entry("functions are explicit", FunctionRules.EXPLICIT),
          Map.entry("functions are traced", FunctionRules.TRACED),
          Map.entry("log groups expire", FunctionRules.LOGS_END),
          Map.entry("one log group per function", FunctionRules.OWN_LOG_GROUP),
          Map.entry("no secret in the environment", FunctionRules.NO_SECRET),
          Map.entry("leases last longer than senders", FunctionRules.LEASED),
          Map.entry("HTTP functions start from a snapshot", SnapshotRules.SNAPSHOTS),
          Map.entry("authorizers are aliases", SnapshotRules.ALIASES),
          Map.entry("parameters are published", SnapshotRules.PARAMETERS_ARE_PUBLISHED),
          Map.entry("one role per function", RoleRules.ONE_PER_FUNCTION),
          Map.entry("exact permissions", RoleRules.EXACT),
          Map.entry("policies only in roles", RoleRules.NO_OTHER_POLICIES),
          Map.entry("secrets are confined", RoleRules.SECRETS_ARE_CONFINED),
          Map.entry("queues are kept and encrypted", QueueRules.KEPT_AND_ENCRYPTED),
          Map.entry("queues accept TLS only", QueueRules.TLS_ONLY),
          Map.entry("topics", QueueRules.TOPICS),
          Map.entry("dead letters are kept longer", QueueRules.DEAD_LETTERS_OUTLIVE),
          Map.entry("mappings", QueueRules.MAPPINGS),
          Map.entry("recursion is allowed", QueueRules.RECURSION_IS_ALLOWED),
          Map.entry("no other mappings", QueueRules.NO_OTHER_MAPPINGS),
          Map.entry("tables are protected", TableRules.PROTECTED),
          Map.entry("rows end", TableRules.ENDS),
          Map.entry("access logs", ApiRules.ACCESS_LOGS),
          Map.entry("every route is limited", ApiRules.LIMITS),
          Map.entry("expensive routes have their own limits", ApiRules.OWN_LIMITS),
          Map.entry("no origins", ApiRules.NO_ORIGINS),
          Map.entry("parameters are described", ParameterRules.DESCRIBED),
          Map.entry("data is kept until processed", ParameterRules.DATA_OUTLIVES_ITS_WORK),
          Map.entry("parameters are grouped", ParameterRules.GROUPED));

  private static final Map<String, String> AT_ONCE = Map.of("SenderBatchWindowSeconds", "0");
  private static final Map<String, String> SUBNETS =
      Map.of("SenderSubnetIds", "subnet-1", "SenderSecurityGroupIds", "sg-1");

  static Stream<Arguments> everyRuleWithEverySetOfParameters() {
    return RULES.keySet().stream()
        .sorted()
        .flatMap(
            rule ->
                Stream.of(Map.<String, String>of(), AT_ONCE, SUBNETS)
                    .map(overrides -> arguments(rule, overrides)));
  }

  @ParameterizedTest
  @MethodSource("everyRuleWithEverySetOfParameters")
  void templateFollowsRule(String rule, Map<String, String> overrides) {
    assertEquals(List.of(), findings(rule, Deployment.of(overrides)));
  }

  private static List<String> findings(String rule, Deployment deployment) {
    Rule known = RULES.get(rule);
    if (known == null) {
      throw new IllegalArgumentException("there is no rule " + rule);
    }
    return known.findings(deployment);
  }

  @ParameterizedTest
  @MethodSource("com.natifico.postback.local.template.Breaches#all")
  void ruleDetectsBreach(String rule, UnaryOperator<Value.Mapping> change) {
    assertFalse(findings(rule, changed(change)).isEmpty());
  }

  @Test
  void everyRuleHasABreach() {
    assertEquals(
        new TreeSet<>(RULES.keySet()),
        Breaches.all()
            .map(each -> (String) each.get()[0])
            .collect(Collectors.toCollection(TreeSet::new)));
  }

  @Test
  void logsAddressesOnlyIfAsked() {
    Deployment asked = Deployment.of(Map.of("LogPersonalData", "true"));
    assertFalse(ApiRules.ACCESS_LOGS.findings(asked).isEmpty());
    assertEquals(List.of(), ApiRules.PERSONAL_ACCESS_LOGS.findings(asked));
  }

  @Test
  void allowsConfiguredOrigins() {
    assertEquals(
        List.of("https://a.example", "https://b.example", "https://none-1.invalid"),
        Deployment.of(Map.of("CorsOrigins", "https://a.example,https://b.example"))
            .all(Resource.HTTP_API)
            .getFirst()
            .properties()
            .section("CorsConfiguration")
            .texts("AllowOrigins"));
  }

  @Test
  void hasADomainOnlyIfConfigured() {
    Map<String, String> named =
        Map.of(
            "DomainName",
            "api.example.com",
            "DomainCertificateArn",
            "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012");
    assertEquals(0, Deployment.of(Map.of()).all("AWS::ApiGatewayV2::DomainName").size());
    assertEquals(1, Deployment.of(named).all("AWS::ApiGatewayV2::DomainName").size());
  }

  @Test
  void usesNoSnapshotsIfDisabled() {
    for (Resource function : Deployment.of(Map.of("SnapStart", "None")).all(Resource.FUNCTION)) {
      assertEquals("None", function.properties().section("SnapStart").text("ApplyOn", "None"));
    }
  }

  /** The tables of conversions can be provisioned; then each of their dimensions scales. */
  @Test
  void scalesProvisionedTables() {
    Deployment provisioned = Deployment.of(Map.of("TableBillingMode", "PROVISIONED"));
    Set<String> expected = new TreeSet<>();
    Set<String> tables = new TreeSet<>();
    for (Resource table : provisioned.all(Resource.TABLE)) {
      if (table.properties().text("BillingMode").equals("PAY_PER_REQUEST")) {
        continue;
      }
      tables.add(table.id());
      expect("table", "table/" + table.name(), table.properties(), expected);
      for (Section index : table.properties().list("GlobalSecondaryIndexes")) {
        expect(
            "index",
            "table/" + table.name() + "/index/" + index.text("IndexName"),
            index,
            expected);
      }
    }

    Set<String> scaled = new TreeSet<>();
    for (Resource target : provisioned.all("AWS::ApplicationAutoScaling::ScalableTarget")) {
      Section properties = target.properties();
      scaled.add(
          "%s %s %d to %d"
              .formatted(
                  properties.text("ResourceId"),
                  properties.text("ScalableDimension"),
                  properties.integer("MinCapacity", 0),
                  properties.integer("MaxCapacity", 0)));
    }

    assertEquals(Set.of("DeliveriesTable", "EventsTable"), tables);
    assertEquals(expected, scaled);
    assertEquals(
        expected.size(), provisioned.all("AWS::ApplicationAutoScaling::ScalingPolicy").size());
  }

  private static void expect(
      String kind, String resourceId, Section properties, Set<String> expected) {
    for (String dimension : List.of("ReadCapacityUnits", "WriteCapacityUnits")) {
      expected.add(
          "%s dynamodb:%s:%s %d to 10000"
              .formatted(
                  resourceId,
                  kind,
                  dimension,
                  properties.section("ProvisionedThroughput").integer(dimension, 0)));
    }
  }

  @Test
  void scalesNothingOnDemand() {
    Deployment onDemand = Deployment.of(Map.of());
    assertEquals(0, onDemand.all("AWS::ApplicationAutoScaling::ScalableTarget").size());
    for (Resource table : onDemand.all(Resource.TABLE)) {
      assertEquals("PAY_PER_REQUEST", table.properties().text("BillingMode"));
    }
  }
}
