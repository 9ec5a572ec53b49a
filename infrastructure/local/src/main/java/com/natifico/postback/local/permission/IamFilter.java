package com.natifico.postback.local.permission;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.content.ByteBufferContentSource;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Passes a request to an engine only if the caller's role allows it. */
public final class IamFilter extends Handler.Wrapper {
  private static final int BAD_REQUEST = 400;

  private final Roles roles;

  /**
   * @param engine handles allowed requests
   */
  public IamFilter(Roles roles, Handler engine) {
    super(engine);
    this.roles = roles;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    byte[] body = body(request);
    AwsCall call =
        AwsCall.of(
            request.getHeaders().get(HttpHeader.AUTHORIZATION),
            request.getHeaders().get("X-Amz-Target"),
            body);
    String refusal = roles.refusal(call.accessKey(), call.needs());
    if (refusal == null) {
      return super.handle(new Rereadable(request, body), response, callback);
    }
    System.err.println(refusal);
    response.setStatus(BAD_REQUEST);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/x-amz-json-1.0");
    String answer =
        "{\"__type\":\"com.amazon.coral.service#AccessDeniedException\",\"message\":\""
            + refusal
            + "\"}";
    response.write(true, ByteBuffer.wrap(answer.getBytes(StandardCharsets.UTF_8)), callback);
    return true;
  }

  static byte[] body(Request request) throws IOException {
    try (InputStream in = Content.Source.asInputStream(request)) {
      return in.readAllBytes();
    }
  }

  /** The request with a body that can be read again. */
  private static final class Rereadable extends Request.Wrapper {
    private final Content.Source content;

    Rereadable(Request request, byte[] body) {
      super(request);
      this.content = new ByteBufferContentSource(ByteBuffer.wrap(body));
    }

    @Override
    public Content.Chunk read() {
      return content.read();
    }

    @Override
    public void demand(Runnable callback) {
      content.demand(callback);
    }

    @Override
    public void fail(Throwable failure) {
      content.fail(failure);
    }
  }
}
