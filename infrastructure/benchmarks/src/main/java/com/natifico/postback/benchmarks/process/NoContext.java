package com.natifico.postback.benchmarks.process;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;

/** An invocation with a timeout of 30 s that has just begun. */
public enum NoContext implements Context {
  INSTANCE;

  @Override
  public int getRemainingTimeInMillis() {
    return 30_000;
  }

  @Override
  public String getAwsRequestId() {
    return "benchmark";
  }

  @Override
  public String getLogGroupName() {
    return "benchmark";
  }

  @Override
  public String getLogStreamName() {
    return "benchmark";
  }

  @Override
  public String getFunctionName() {
    return "benchmark";
  }

  @Override
  public String getFunctionVersion() {
    return "1";
  }

  @Override
  public String getInvokedFunctionArn() {
    return "arn:aws:lambda:us-east-1:000000000000:function:benchmark";
  }

  @Override
  public CognitoIdentity getIdentity() {
    throw new UnsupportedOperationException("nobody");
  }

  @Override
  public ClientContext getClientContext() {
    throw new UnsupportedOperationException("none");
  }

  @Override
  public int getMemoryLimitInMB() {
    return 512;
  }

  @Override
  public LambdaLogger getLogger() {
    throw new UnsupportedOperationException("none");
  }
}
