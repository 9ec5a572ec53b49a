package com.natifico.postback.aws;

import java.util.function.Supplier;
import org.crac.Context;
import org.crac.Resource;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * An HTTP client that goes into a snapshot without connections: those of the priming would be dead,
 * and the same in every copy, when it is restored. Everything that was loaded for them stays.
 */
final class FreshConnections implements SdkHttpClient, Resource {
  private final Supplier<SdkHttpClient> maker;
  private volatile SdkHttpClient current;

  /** For the life of the process: who holds the client is told of the snapshot. */
  FreshConnections(Supplier<SdkHttpClient> maker) {
    this.maker = maker;
    this.current = maker.get();
    Snapshots.register(this);
  }

  @Override
  public void beforeCheckpoint(Context<? extends Resource> context) {
    SdkHttpClient used = current;
    current = maker.get();
    used.close();
  }

  @Override
  public void afterRestore(Context<? extends Resource> context) {
    // The first call connects.
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    return current.prepareRequest(request);
  }

  @Override
  public String clientName() {
    return current.clientName();
  }

  @Override
  public void close() {
    current.close();
  }
}
