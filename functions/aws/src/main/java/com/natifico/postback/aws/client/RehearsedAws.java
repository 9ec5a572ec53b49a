package com.natifico.postback.aws.client;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * AWS in a rehearsal: returns a fixed response for each call without leaving the process. The code
 * of a request can therefore run as often as the JIT needs.
 */
final class RehearsedAws implements SdkHttpClient {
  private static final SdkHttpResponse OK = SdkHttpResponse.builder().statusCode(200).build();

  private final Map<String, UnaryOperator<String>> answers;

  /**
   * @param answers for each operation name, such as {@code PutItem}, the function from a request's
   *     body to the response's body
   */
  RehearsedAws(Map<String, UnaryOperator<String>> answers) {
    this.answers = Map.copyOf(answers);
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    String target = request.httpRequest().firstMatchingHeader("X-Amz-Target").orElse("");
    UnaryOperator<String> answer = answers.get(target.substring(target.indexOf('.') + 1));
    if (answer == null) {
      throw new IllegalStateException("not rehearsed: " + target);
    }
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        byte[] body = answer.apply(body(request)).getBytes(StandardCharsets.UTF_8);
        return HttpExecuteResponse.builder()
            .response(OK)
            .responseBody(AbortableInputStream.create(new ByteArrayInputStream(body)))
            .build();
      }

      @Override
      public void abort() {
        // The call has ended already.
      }
    };
  }

  private static String body(HttpExecuteRequest request) throws IOException {
    ContentStreamProvider content = request.contentStreamProvider().orElseThrow();
    try (InputStream in = content.newStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Override
  public void close() {
    // There is nothing to close.
  }
}
