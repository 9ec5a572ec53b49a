package com.natifico.postback.local.template;

import static com.natifico.postback.local.template.Deployment.oneOrMany;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Rules for roles: one per function, with only the permissions that it needs. */
final class RoleRules {
  /**
   * Actions without resource-level permissions (service authorization reference); none of them
   * reads data.
   */
  private static final Set<String> WITHOUT_RESOURCE =
      Set.of(
          "dynamodb:ListStreams",
          "ec2:AssignPrivateIpAddresses",
          "ec2:CreateNetworkInterface",
          "ec2:DeleteNetworkInterface",
          "ec2:DescribeNetworkInterfaces",
          "ec2:DescribeSubnets",
          "ec2:UnassignPrivateIpAddresses",
          "xray:PutTelemetryRecords",
          "xray:PutTraceSegments");

  private RoleRules() {}

  /** One action on one resource. */
  record Permission(String action, String resource) {}

  static @Nullable Resource roleOf(Resource function, Deployment deployment) {
    return deployment.byArn(Resource.ROLE, function.properties().text("Role", ""));
  }

  static List<Permission> allowed(Resource role) {
    List<Permission> permissions = new ArrayList<>();
    for (Section policy : role.properties().list("Policies")) {
      for (Section statement : policy.section("PolicyDocument").list("Statement")) {
        for (String action : oneOrMany(statement, "Action")) {
          oneOrMany(statement, "Resource")
              .forEach(resource -> permissions.add(new Permission(action, resource)));
        }
      }
    }
    return permissions;
  }

  static final Rule ONE_PER_FUNCTION =
      deployment -> {
        List<String> findings = new ArrayList<>();
        Map<String, String> owners = new TreeMap<>();
        for (Resource function : deployment.all(Resource.FUNCTION)) {
          Resource role = roleOf(function, deployment);
          if (role == null) {
            findings.add(function.id() + " has no role of this template");
            continue;
          }
          String owner = owners.put(role.id(), function.id());
          if (owner != null) {
            findings.add(function.id() + " shares its role with " + owner);
          }
          if (!role.properties()
              .section("AssumeRolePolicyDocument")
              .toString()
              .contains("lambda.amazonaws.com")) {
            findings.add(role.id() + " is not a role for Lambda");
          }
        }
        return findings;
      };

  static final Rule EXACT =
      Rule.each(
          Resource.ROLE,
          (check, deployment) -> {
            check.that(!check.properties().has("ManagedPolicyArns"), "has a managed policy");
            Set<String> known = arns(deployment);
            for (Section policy : check.properties().list("Policies")) {
              for (Section statement : policy.section("PolicyDocument").list("Statement")) {
                check.that(
                    !statement.has("NotAction") && !statement.has("NotResource"),
                    "allows everything except a list");
              }
            }
            for (Permission permission : allowed(check.resource())) {
              check.that(!permission.action().contains("*"), "may do " + permission.action());
              check.that(
                  permission.resource().equals("*")
                      ? WITHOUT_RESOURCE.contains(permission.action())
                      : known.contains(permission.resource()),
                  "may do " + permission.action() + " on " + permission.resource());
            }
          });

  /**
   * The ARNs that a permission may name: the resources of this template, and indexes and streams of
   * tables.
   */
  private static Set<String> arns(Deployment deployment) {
    return deployment.template().resources().stream()
        .flatMap(
            resource ->
                Stream.concat(
                    Stream.of(resource.arn(), resource.streamArn()),
                    resource.properties().list("GlobalSecondaryIndexes").stream()
                        .map(index -> resource.arn() + "/index/" + index.text("IndexName"))))
        .collect(Collectors.toSet());
  }

  /** All policies are in roles, where the other rules find them. */
  static final Rule NO_OTHER_POLICIES =
      deployment ->
          deployment.template().resources().stream()
              .filter(
                  resource ->
                      resource.type().startsWith("AWS::IAM::")
                          && !resource.type().equals(Resource.ROLE))
              .map(resource -> resource.id() + " is a " + resource.type())
              .toList();

  /**
   * Only the API writes secrets, only the sender reads them, an update returns none, and no stream
   * or index has a copy.
   */
  static final Rule SECRETS_ARE_CONFINED =
      deployment -> {
        List<String> findings = new ArrayList<>();
        Resource table =
            deployment.all(Resource.TABLE).stream()
                .filter(each -> each.id().equals("SecretsTable"))
                .findFirst()
                .orElseThrow();
        for (String copy : List.of("StreamSpecification", "GlobalSecondaryIndexes")) {
          if (table.properties().has(copy)) {
            findings.add("SecretsTable has a " + copy);
          }
        }
        for (Resource role : deployment.all(Resource.ROLE)) {
          Set<String> allowed =
              switch (role.id()) {
                case "ApiRole" -> Set.of("dynamodb:DeleteItem", "dynamodb:UpdateItem");
                case "SenderRole" -> Set.of("dynamodb:GetItem");
                default -> Set.of();
              };
          for (Permission permission : allowed(role)) {
            if (permission.resource().startsWith(table.arn())
                && !allowed.contains(permission.action())) {
              findings.add(role.id() + " may do " + permission.action() + " on secrets");
            }
          }
          for (Section policy : role.properties().list("Policies")) {
            for (Section statement : policy.section("PolicyDocument").list("Statement")) {
              if (oneOrMany(statement, "Action").contains("dynamodb:UpdateItem")
                  && oneOrMany(statement, "Resource").contains(table.arn())
                  && !"NONE"
                      .equals(
                          statement
                              .section("Condition")
                              .section("StringEqualsIfExists")
                              .findText("dynamodb:ReturnValues"))) {
                findings.add(role.id() + " may update secrets and get the old ones");
              }
            }
          }
        }
        return findings;
      };
}
