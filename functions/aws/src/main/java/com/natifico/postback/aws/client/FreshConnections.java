package com.natifico.postback.aws.client;

import com.natifico.postback.aws.snapshot.Snapshots;
import java.util.function.Supplier;
import org.crac.Context;
import org.crac.Resource;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * An HTTP client that closes its connections before a snapshot. After a restore they would be dead,
 * and the same in every copy. The classes that were loaded for them stay loaded.
 */
final class FreshConnections implements SdkHttpClient, Resource {
  private final Supplier<SdkHttpClient> maker;
  private volatile SdkHttpClient current;

  /** Stays registered for snapshots for as long as its owner keeps the client. */
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
    // The first call opens a connection.
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
