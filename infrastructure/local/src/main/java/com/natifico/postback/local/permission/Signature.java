package com.natifico.postback.local.permission;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/**
 * Signs requests to one service of AWS (Signature Version 4).
 *
 * @param sessionToken null for long-term keys
 */
public record Signature(
    String accessKey,
    String secretKey,
    @Nullable String sessionToken,
    String service,
    String region,
    InstantSource clock) {
  private static final AwsV4HttpSigner SIGNER = AwsV4HttpSigner.create();

  /** All headers of the request, including the signature. */
  Map<String, List<String>> sign(
      String method, URI address, Map<String, String> headers, byte[] body) {
    SdkHttpRequest.Builder request =
        SdkHttpRequest.builder().method(SdkHttpMethod.fromValue(method)).uri(address);
    headers.forEach(request::putHeader);
    return SIGNER
        .sign(
            sign ->
                sign.identity(identity())
                    .request(request.build())
                    .payload(() -> new ByteArrayInputStream(body))
                    .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, service)
                    .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                    .putProperty(HttpSigner.SIGNING_CLOCK, clock.withZone(ZoneOffset.UTC)))
        .request()
        .headers();
  }

  private AwsCredentialsIdentity identity() {
    return sessionToken == null
        ? AwsCredentialsIdentity.create(accessKey, secretKey)
        : AwsSessionCredentialsIdentity.create(accessKey, secretKey, sessionToken);
  }
}
