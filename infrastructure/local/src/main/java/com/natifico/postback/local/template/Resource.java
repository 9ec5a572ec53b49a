package com.natifico.postback.local.template;

import org.jspecify.annotations.Nullable;

/**
 * A resource whose condition holds.
 *
 * @param name its physical name: the name in the template, otherwise its logical id
 * @param properties with all functions evaluated
 */
public record Resource(String id, String type, String name, Section properties) {
  public static final String FUNCTION = "AWS::Serverless::Function";
  public static final String HTTP_API = "AWS::Serverless::HttpApi";
  public static final String TABLE = "AWS::DynamoDB::Table";
  public static final String QUEUE = "AWS::SQS::Queue";
  public static final String TOPIC = "AWS::SNS::Topic";
  public static final String ROLE = "AWS::IAM::Role";

  /** The property with the name of a resource of this type. */
  static String nameProperty(String type) {
    return switch (type) {
      case FUNCTION -> "FunctionName";
      case TABLE -> "TableName";
      case QUEUE -> "QueueName";
      case TOPIC -> "TopicName";
      case ROLE -> "RoleName";
      default -> "Name";
    };
  }

  /** The value of {@code !Ref}. */
  static String reference(String type, String name, String queueUrlPrefix) {
    return switch (type) {
      case QUEUE -> queueUrlPrefix + name;
      case TOPIC -> topicArn(name);
      default -> name;
    };
  }

  /** The value of {@code !GetAtt}. Types that are not run locally get a descriptive placeholder. */
  static String attribute(String type, String name, String attribute, String queueUrlPrefix) {
    return switch (type + "." + attribute) {
      case FUNCTION + ".Arn" -> functionArn(name);
      case TABLE + ".Arn" -> Account.arn("dynamodb", "table/" + name);
      case TABLE + ".StreamArn" -> Account.arn("dynamodb", "table/" + name + "/stream/local");
      case ROLE + ".Arn" -> "arn:aws:iam::" + Account.ID + ":role/" + name;
      case TOPIC + ".Arn", TOPIC + ".TopicArn" -> topicArn(name);
      case QUEUE + ".Arn" -> Account.arn("sqs", name);
      case QUEUE + ".QueueName", TOPIC + ".TopicName" -> name;
      case QUEUE + ".QueueUrl" -> queueUrlPrefix + name;
      default -> Account.arn("local", name + "/" + attribute);
    };
  }

  public static String functionArn(String name) {
    return Account.arn("lambda", "function:" + name);
  }

  private static String topicArn(String name) {
    return Account.arn("sns", name);
  }

  /** The ARN of a table's stream in the template; DynamoDB Local uses another one. */
  public String streamArn() {
    return attribute(type, name, "StreamArn", "");
  }

  public String arn() {
    return attribute(type, name, "Arn", "");
  }

  /** The ARN of a function's alias; null if it has none. */
  public @Nullable String aliasArn() {
    String alias = properties.findText("AutoPublishAlias");
    return alias == null ? null : arn() + ":" + alias;
  }
}
