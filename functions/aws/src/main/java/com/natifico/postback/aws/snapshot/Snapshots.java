package com.natifico.postback.aws.snapshot;

import org.crac.Core;
import org.crac.Resource;

/** Whether Lambda takes a snapshot of this process (SnapStart), and the registration of hooks. */
public final class Snapshots {
  /** Lambda sets this reserved environment variable. */
  private static final boolean TAKEN =
      "snap-start".equals(System.getenv("AWS_LAMBDA_INITIALIZATION_TYPE"));

  private Snapshots() {}

  /**
   * Whether a snapshot is taken. If not, classes that are only needed before a snapshot need not be
   * loaded.
   */
  public static boolean areTaken() {
    return TAKEN;
  }

  /**
   * Registers a hook that runs before a snapshot, in reverse order of registration, and after a
   * restore, in order of registration. Without SnapStart the hooks are not loaded: the context uses
   * reflection and proxies, which take a twentieth of a function's start.
   *
   * @param resource the hook; its creator must keep a reference to it, because the context of
   *     snapshots does not
   */
  public static void register(Resource resource) {
    if (TAKEN) {
      Core.getGlobalContext().register(resource);
    }
  }
}
