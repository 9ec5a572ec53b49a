package com.natifico.postback.aws;

import org.crac.Core;
import org.crac.Resource;

/** Whether Lambda takes a snapshot of this process (SnapStart), and who is told of it. */
public final class Snapshots {
  /** What Lambda says of the process (its list of reserved environment variables). */
  private static final boolean TAKEN =
      "snap-start".equals(System.getenv("AWS_LAMBDA_INITIALIZATION_TYPE"));

  private Snapshots() {}

  /** Whether one is taken; otherwise nothing that is only done before one need be loaded. */
  public static boolean areTaken() {
    return TAKEN;
  }

  /**
   * Has this told before a snapshot and behind it; the last who registers is told first. Where none
   * is taken the hooks stay unloaded: they are found by reflection and wrapped in proxies, a
   * twentieth of what a function takes to start.
   *
   * @param resource to be kept by its maker: the context of snapshots does not
   */
  static void register(Resource resource) {
    if (TAKEN) {
      Core.getGlobalContext().register(resource);
    }
  }
}
