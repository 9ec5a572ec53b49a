package com.natifico.postback.local.template;

import org.jspecify.annotations.Nullable;

/**
 * A resource whose condition holds.
 *
 * @param name its physical name: the one that the template gives it, or else its logical id
 * @param properties with all functions evaluated
 */
public record Resource(String id, String type, String name, Section properties) {
  public static final String FUNCTION = "AWS::Serverless::Function";
  public static final String HTTP_API = "AWS::Serverless::HttpApi";
  public static final String TABLE = "AWS::DynamoDB::Table";
  public static final String QUEUE = "AWS::SQS::Queue";
  public static final String TOPIC = "AWS::SNS::Topic";
  public static final String PIPE = "AWS::Pipes::Pipe";
  public static final String ROLE = "AWS::IAM::Role";

  /** The property that names a resource of this type. */
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

  /** What {@code !Ref} gives for it. */
  static String reference(String type, String name, String queueUrlPrefix) {
    return switch (type) {
      case QUEUE -> queueUrlPrefix + name;
      case TOPIC -> topicArn(name);
      default -> name;
    };
  }

  /** What {@code !GetAtt} gives for it. What nothing runs for here gets a speaking placeholder. */
  static String attribute(String type, String name, String attribute, String queueUrlPrefix) {
    return switch (type + "." + attribute) {
      case FUNCTION + ".Arn" -> functionArn(name);
      case TABLE + ".Arn" -> Account.arn("dynamodb", "table/" + name);
      case TABLE + ".StreamArn" -> Account.arn("dynamodb", "table/" + name + "/stream/local");
      case ROLE + ".Arn" -> "arn:aws:iam::" + Account.ID + ":role/" + name;
      case TOPIC + ".Arn", TOPIC + ".TopicArn" -> topicArn(name);
      case QUEUE + ".Arn" -> Account.arn("sqs", name);
      case QUEUE + ".QueueName" -> name;
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

  /** A table's stream, as the template calls it; DynamoDB Local gives it another name. */
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
