package com.natifico.postback.local.template;

import static com.natifico.postback.local.template.Deployment.plus;
import static com.natifico.postback.local.template.Deployment.put;
import static com.natifico.postback.local.template.Deployment.without;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/**
 * Changes of template.yaml, each of which breaks a rule. A new resource without properties breaks
 * all rules of its kind.
 */
final class Breaches {
  private Breaches() {}

  private static Arguments breaks(String rule, UnaryOperator<Value.Mapping> change) {
    return arguments(rule, change);
  }

  private static UnaryOperator<Value.Mapping> of(String resource, String text, String... path) {
    return put(text, inside(resource, path));
  }

  private static String[] inside(String resource, String... path) {
    return Stream.concat(Stream.of("Resources", resource, "Properties"), Stream.of(path))
        .toArray(String[]::new);
  }

  private static UnaryOperator<Value.Mapping> dropped(String resource, String... path) {
    return without(inside(resource, path));
  }

  static Stream<Arguments> all() {
    return Stream.of(functions(), snapshots(), roles(), queues(), tables(), api(), parameters())
        .flatMap(each -> each);
  }

  private static Stream<Arguments> functions() {
    String bare =
        """
        Type: AWS::Serverless::Function
        Properties: { CodeUri: a.zip, Handler: A }
        """;
    return Stream.of(
        breaks("functions are explicit", plus("NewFunction", bare)),
        breaks("one role per function", plus("NewFunction", bare)),
        breaks("functions are explicit", dropped("SenderFunction", "MemorySize")),
        breaks("functions are explicit", dropped("ApiFunction", "Timeout")),
        breaks("functions are explicit", without("Globals", "Function", "Architectures")),
        breaks("functions are explicit", without("Globals", "Function", "LoggingConfig")),
        breaks(
            "functions are explicit",
            put("JSON", "Globals", "Function", "LoggingConfig", "LogFormat")),
        breaks("functions are explicit", of("ApiFunction", "/x", "LoggingConfig", "LogGroup")),
        breaks("functions are traced", of("ApiFunction", "PassThrough", "Tracing")),
        breaks("functions are traced", statementGone("SenderRole", "1")),
        breaks("log groups expire", dropped("SenderLogGroup", "RetentionInDays")),
        breaks("log groups expire", dropped("AccessLogGroup", "RetentionInDays")),
        breaks(
            "one log group per function",
            of("ApiFunction", "SenderLogGroup", "LoggingConfig", "LogGroup", "Ref")),
        breaks(
            "no secret in the environment",
            of("ApiFunction", "x", "Environment", "Variables", "SIGNING_SECRET")),
        breaks(
            "no secret in the environment",
            of(
                "ApiFunction",
                "{{resolve:secretsmanager:a}}",
                "Environment",
                "Variables",
                "ADDRESS")),
        breaks("no secret in the environment", put("true", "Parameters", "EgressPorts", "NoEcho")));
  }

  private static Stream<Arguments> snapshots() {
    return Stream.of(
        breaks("leases last longer than senders", of("SenderFunction", "31", "Timeout")),
        breaks("HTTP functions start from a snapshot", dropped("ApiFunction", "SnapStart")),
        breaks("HTTP functions start from a snapshot", dropped("AuthorizerFunction", "SnapStart")),
        breaks(
            "HTTP functions start from a snapshot",
            dropped("ConversionFunction", "AutoPublishAlias")),
        breaks(
            "HTTP functions start from a snapshot",
            dropped("ConversionFunction", "AutoPublishAliasAllProperties")),
        breaks(
            "authorizers are aliases",
            of("Api", "arn:aws:lambda:x", "Auth", "Authorizers", "KeyInQuery", "FunctionArn")),
        breaks("parameters are published", dropped("ApiFunction", "VersionDescription")),
        breaks(
            "parameters are published",
            of("ConversionFunction", "${RetentionDays}", "VersionDescription", "Fn::Sub")),
        breaks(
            "parameters are published",
            put(
                "ApiRateLimit",
                "Globals",
                "Function",
                "Environment",
                "Variables",
                "STACK_NAME",
                "Ref")),
        breaks("parameters are published", without("Parameters", "EgressAllow", "MaxLength")));
  }

  private static UnaryOperator<Value.Mapping> statementGone(String role, String index) {
    return dropped(role, "Policies", "0", "PolicyDocument", "Statement", index);
  }

  private static UnaryOperator<Value.Mapping> statement(
      String role, String index, String value, String key) {
    return of(role, value, "Policies", "0", "PolicyDocument", "Statement", index, key);
  }

  private static Stream<Arguments> roles() {
    return Stream.of(
        breaks("one role per function", of("ApiFunction", "arn:aws:iam::1:role/other", "Role")),
        breaks("one role per function", of("ApiFunction", "SenderRole.Arn", "Role", "Fn::GetAtt")),
        breaks("exact permissions", statement("SenderRole", "2", "*", "Resource")),
        breaks("exact permissions", statement("SenderRole", "2", "dynamodb:*", "Action")),
        breaks(
            "exact permissions",
            statement("SenderRole", "2", "arn:aws:dynamodb:us-east-1:1:table/x", "Resource")),
        breaks("exact permissions", of("ApiRole", "arn:aws:x", "ManagedPolicyArns")),
        breaks("exact permissions", statement("ApiRole", "2", "sqs:SendMessage", "NotAction")),
        breaks("policies only in roles", plus("More", "Type: AWS::IAM::Policy")),
        breaks(
            "secrets are confined",
            of("SecretsTable", "NEW_IMAGE", "StreamSpecification", "StreamViewType")),
        breaks(
            "secrets are confined",
            dropped("ApiRole", "Policies", "0", "PolicyDocument", "Statement", "11", "Condition")),
        breaks(
            "secrets are confined",
            of(
                "ConversionRole",
                "SecretsTable.Arn",
                "Policies",
                "0",
                "PolicyDocument",
                "Statement",
                "2",
                "Resource",
                "Fn::GetAtt")));
  }

  private static Stream<Arguments> queues() {
    String bare = "Type: AWS::SQS::Queue";
    return Stream.of(
        breaks("queues are kept and encrypted", plus("NewQueue", bare)),
        breaks("queues accept TLS only", plus("NewQueue", bare)),
        breaks("queues are kept and encrypted", of("RetryQueue", "false", "SqsManagedSseEnabled")),
        breaks(
            "queues are kept and encrypted",
            put("Delete", "Resources", "RetryQueue", "DeletionPolicy")),
        breaks(
            "queues accept TLS only",
            of("QueuesPolicy", "Allow", "PolicyDocument", "Statement", "0", "Effect")),
        breaks("queues accept TLS only", dropped("QueuesPolicy", "Queues", "2")),
        breaks("topics", dropped("PostbackEvents", "KmsMasterKeyId")),
        breaks("topics", without("Resources", "PostbackEventsPolicy")),
        breaks("topics", plus("NewTopic", "Type: AWS::SNS::Topic")),
        breaks(
            "dead letters are kept longer",
            of("UnprocessedQueue", "345600", "MessageRetentionPeriod")),
        breaks("mappings", of("CallbackQueue", "40", "VisibilityTimeout")),
        breaks("mappings", of("RetryQueue", "190", "VisibilityTimeout")),
        breaks("mappings", of("CallbackQueue", "50", "VisibilityTimeout")),
        breaks("mappings", of("RetryQueue", "19", "RedrivePolicy", "maxReceiveCount")),
        breaks("mappings", of("SenderFunction", "40", "Timeout")),
        breaks("mappings", dropped("RetryQueue", "RedrivePolicy")),
        breaks(
            "mappings",
            dropped("SenderFunction", "Events", "Retries", "Properties", "FunctionResponseTypes")),
        breaks(
            "mappings",
            dropped("SenderFunction", "Events", "FirstAttempts", "Properties", "ScalingConfig")),
        breaks("recursion is allowed", dropped("SenderFunction", "RecursiveLoop")),
        breaks("recursion is allowed", of("SenderFunction", "Terminate", "RecursiveLoop")),
        breaks("no other mappings", plus("More", "Type: AWS::Lambda::EventSourceMapping")));
  }

  private static Stream<Arguments> tables() {
    String bare = "Type: AWS::DynamoDB::Table";
    return Stream.of(
        breaks("tables are protected", plus("NewTable", bare)),
        breaks("rows end", plus("NewTable", bare)),
        breaks("tables are protected", of("EventsTable", "false", "DeletionProtectionEnabled")),
        breaks("tables are protected", dropped("KeysTable", "PointInTimeRecoverySpecification")),
        breaks("tables are protected", dropped("KeysTable", "SSESpecification")),
        breaks("tables are protected", dropped("KeysTable", "BillingMode")),
        breaks("tables are protected", without("Resources", "EventsTable", "UpdateReplacePolicy")),
        breaks("rows end", dropped("DeliveriesTable", "TimeToLiveSpecification")),
        breaks(
            "rows end", of("DeliveriesTable", "ttl", "TimeToLiveSpecification", "AttributeName")),
        breaks("rows end", without("Resources", "KeysTable", "Metadata")));
  }

  private static Stream<Arguments> api() {
    String[] format = inside("Api", "AccessLogSettings", "Format");
    return Stream.of(
        breaks("access logs", dropped("Api", "AccessLogSettings")),
        breaks("access logs", put("$context.requestId $context.identity.sourceIp", format)),
        breaks("access logs", put("$context.requestId $request.querystring.secure", format)),
        breaks("access logs", put("$context.status", format)),
        breaks("every route is limited", dropped("Api", "DefaultRouteSettings")),
        breaks("every route is limited", of("Api", "0", "RouteSettings", "GET /nowhere", "A")),
        breaks(
            "every route is limited",
            dropped("Api", "RouteSettings", "POST /v1/conversions", "ThrottlingRateLimit")),
        breaks(
            "expensive routes have their own limits",
            dropped("Api", "RouteSettings", "GET /v1/conversions/postback")),
        breaks(
            "no origins",
            put(
                "https://a.example,https://b.invalid,https://c.invalid",
                "Mappings",
                "Cors",
                "Nobody",
                "Origins")));
  }

  private static Stream<Arguments> parameters() {
    return Stream.of(
        breaks("parameters are described", without("Parameters", "EgressAllow", "Description")),
        breaks("parameters are described", without("Parameters", "EgressAllow", "AllowedPattern")),
        breaks("parameters are described", without("Parameters", "RetentionDays", "MaxValue")),
        breaks("data is kept until processed", put("6", "Parameters", "RetentionDays", "MinValue")),
        breaks("data is kept until processed", put("5d", "Parameters", "RetrySchedule", "Default")),
        breaks(
            "parameters are grouped",
            put("String", "Parameters", "More", "Type")
                    .andThen(put("", "Parameters", "More", "Default"))
                ::apply),
        breaks(
            "parameters are grouped",
            without(
                "Metadata",
                "AWS::CloudFormation::Interface",
                "ParameterGroups",
                "0",
                "Parameters",
                "0")));
  }
}
