package com.natifico.postback.aws.client;

import com.natifico.postback.Unavailable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.regions.Region;

/**
 * Calls of a service with AWS's query protocol, signed by the SDK's signer: a form as the request,
 * XML as the response. A call is made once; its caller repeats it.
 */
public final class SignedCalls {
  private static final String FORM = "application/x-www-form-urlencoded; charset=utf-8";
  private static final int OK = 200;

  private final SdkHttpClient http;
  private final AwsCredentialsProvider credentials;
  private final String service;
  private final Region region;
  private final URI endpoint;
  private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();

  SignedCalls(
      SdkHttpClient http,
      AwsCredentialsProvider credentials,
      String service,
      Region region,
      URI endpoint) {
    this.http = http;
    this.credentials = credentials;
    this.service = service;
    this.region = region;
    this.endpoint = endpoint;
  }

  /**
   * Makes a call.
   *
   * @param parameters including Action and Version
   * @return the response, XML
   * @throws Unavailable if the service did not answer, or refused the call
   */
  public String call(Map<String, String> parameters) {
    byte[] form =
        parameters.entrySet().stream()
            .map(each -> encoded(each.getKey()) + "=" + encoded(each.getValue()))
            .collect(Collectors.joining("&"))
            .getBytes(StandardCharsets.UTF_8);
    SdkHttpRequest request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.POST)
            .uri(endpoint)
            .encodedPath("/")
            .putHeader("Content-Type", FORM)
            .putHeader("Content-Length", Integer.toString(form.length))
            .build();
    SignedRequest signed =
        signer.sign(
            sign ->
                sign.identity(credentials.resolveCredentials())
                    .request(request)
                    .payload(() -> new ByteArrayInputStream(form))
                    .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, service)
                    .putProperty(AwsV4HttpSigner.REGION_NAME, region.id()));
    try {
      HttpExecuteResponse response =
          http.prepareRequest(
                  HttpExecuteRequest.builder()
                      .request(signed.request())
                      .contentStreamProvider(() -> new ByteArrayInputStream(form))
                      .build())
              .call();
      String body = response.responseBody().isPresent() ? text(response) : "";
      int status = response.httpResponse().statusCode();
      if (status != OK) {
        throw new Unavailable(service + " answered " + status + ": " + body, null);
      }
      return body;
    } catch (IOException e) {
      throw new Unavailable(service + " did not answer", e);
    }
  }

  private static String text(HttpExecuteResponse response) throws IOException {
    AbortableInputStream body = response.responseBody().orElseThrow();
    try (InputStream in = body) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
