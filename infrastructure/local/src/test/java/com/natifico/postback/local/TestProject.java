package com.natifico.postback.local;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.joda.time.DateTime;

/** A project's root with a template and packages made of this module's test handlers. */
public final class TestProject {
  /** A template with each kind of resource that the local stack runs. */
  public static final String TEMPLATE =
      """
      AWSTemplateFormatVersion: "2010-09-09"
      Transform: AWS::Serverless-2016-10-31
      Parameters:
        Journal: { Type: String }
        Keep: { Type: Number, Default: 30 }
        BatchSize: { Type: Number, Default: 10 }
        Window: { Type: Number, Default: 0 }
        Visibility: { Type: Number, Default: 1 }
      Globals:
        Function:
          Runtime: java25
          Timeout: 5
          Environment: { Variables: { JOURNAL: !Ref Journal } }
      Resources:
        Api:
          Type: AWS::Serverless::HttpApi
          Properties:
            CorsConfiguration:
              AllowOrigins: ["https://panel.example"]
              AllowMethods: [GET, PUT]
              AllowHeaders: [authorization, if-match]
              ExposeHeaders: [etag]
              MaxAge: 600
            Auth:
              DefaultAuthorizer: ByHeader
              Authorizers:
                ByHeader:
                  FunctionArn: !Ref AuthorizerFunction.Alias
                  AuthorizerPayloadFormatVersion: "2.0"
                  EnableSimpleResponses: true
                  Identity: { Headers: [Authorization], ReauthorizeEvery: !Ref Keep }
                ByQuery:
                  FunctionArn: !GetAtt AuthorizerFunction.Arn
                  AuthorizerPayloadFormatVersion: "2.0"
                  EnableSimpleResponses: true
                  Identity: { QueryStrings: [secure], ReauthorizeEvery: !Ref Keep }
        AuthorizerFunction:
          Type: AWS::Serverless::Function
          Properties:
            CodeUri: authorizer.zip
            Handler: com.natifico.postback.local.AuthorizerHandler
            AutoPublishAlias: live
            SnapStart: { ApplyOn: PublishedVersions }
        EchoFunction:
          Type: AWS::Serverless::Function
          Properties:
            CodeUri: echo.zip
            Handler: com.natifico.postback.local.EchoHandler
            Events:
              Open:
                Type: HttpApi
                Properties: { Method: ANY, Path: "/open/{name}", Auth: { Authorizer: NONE } }
              Closed:
                Type: HttpApi
                Properties: { Method: post, Path: /closed }
              Url:
                Type: HttpApi
                Properties: { Method: GET, Path: /url, Auth: { Authorizer: ByQuery } }
        BatchFunction:
          Type: AWS::Serverless::Function
          Properties:
            CodeUri: batch.zip
            Handler: com.natifico.postback.local.BatchHandler
            Events:
              Messages:
                Type: SQS
                Properties:
                  Queue: !GetAtt WorkQueue.Arn
                  BatchSize: !Ref BatchSize
                  MaximumBatchingWindowInSeconds: !Ref Window
                  FunctionResponseTypes: [ReportBatchItemFailures]
                  ScalingConfig: { MaximumConcurrency: 2 }
        WorkQueue:
          Type: AWS::SQS::Queue
          Properties:
            VisibilityTimeout: !Ref Visibility
            RedrivePolicy: { deadLetterTargetArn: !GetAtt BrokenQueue.Arn, maxReceiveCount: 2 }
        BrokenQueue: { Type: AWS::SQS::Queue }
        KeysTable:
          Type: AWS::DynamoDB::Table
          Properties:
            AttributeDefinitions:
              - { AttributeName: key_id, AttributeType: S }
              - { AttributeName: kind, AttributeType: S }
            KeySchema: [{ AttributeName: key_id, KeyType: HASH }]
            GlobalSecondaryIndexes:
              - IndexName: all
                KeySchema:
                  - { AttributeName: kind, KeyType: HASH }
                  - { AttributeName: key_id, KeyType: RANGE }
                Projection: { ProjectionType: ALL }
            TimeToLiveSpecification: { AttributeName: expires_at, Enabled: true }
      """;

  private TestProject() {}

  /** Writes the template and its packages to this directory. */
  public static Path in(Path root) {
    try {
      Files.writeString(root.resolve("template.yaml"), TEMPLATE);
      zip(root.resolve("authorizer.zip"), List.of(AuthorizerHandler.class, LocalJournal.class));
      zip(root.resolve("echo.zip"), List.of(EchoHandler.class));
      zip(
          root.resolve("batch.zip"),
          List.of(BatchHandler.class, LocalJournal.class),
          jarOf(SQSEvent.class),
          // The runtime's serializers of the event classes need it.
          jarOf(DateTime.class));
      return root;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A package with these classes at its root and these jars in lib. */
  public static Path zip(Path zip, List<Class<?>> classes, Path... jars) throws IOException {
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      for (Class<?> type : classes) {
        String name = type.getName().replace('.', '/') + ".class";
        out.putNextEntry(new ZipEntry(name));
        try (InputStream in = TestProject.class.getClassLoader().getResourceAsStream(name)) {
          if (in == null) {
            throw new IOException("there is no " + name);
          }
          in.transferTo(out);
        }
      }
      for (Path jar : jars) {
        out.putNextEntry(new ZipEntry("lib/" + jar.getFileName()));
        Files.copy(jar, out);
      }
    }
    return zip;
  }

  /** The jar that this class comes from. */
  public static Path jarOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
