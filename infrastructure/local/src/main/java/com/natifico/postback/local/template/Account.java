package com.natifico.postback.local.template;

/** The account of the local stack. ElasticMQ and SAM use the same one. */
public final class Account {
  public static final String REGION = "us-east-1";
  public static final String ID = "000000000000";
  public static final String STACK = "local";

  private Account() {}

  public static String arn(String service, String resource) {
    return "arn:aws:" + service + ":" + REGION + ":" + ID + ":" + resource;
  }
}
