package com.natifico.postback.local.engine;

import com.almworks.sqlite4java.SQLiteConnection;
import com.natifico.postback.local.StartFailure;
import com.natifico.postback.local.permission.IamFilter;
import com.natifico.postback.local.permission.Roles;
import com.natifico.postback.local.server.LoopbackServer;
import java.net.URI;
import java.nio.file.Path;
import java.util.logging.Logger;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.jspecify.annotations.Nullable;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;
import software.amazon.dynamodb.services.local.shared.access.sqlite.SQLiteLibraryLoader;

/**
 * Amazon's DynamoDB Local on a free port of the loopback interface. Its own server would listen on
 * every interface and keep the program alive after a failure, so its handler runs in {@link
 * LoopbackServer}.
 */
public final class DynamoEngine implements AutoCloseable {
  /** The name of DynamoDB Local's file when all credentials share it. */
  private static final String DATABASE = "shared-local-instance.db";

  private static final int BUSY_MS = 10_000;

  private static final Logger SQLITE = Logger.getLogger("com.almworks.sqlite4java");

  private final LoopbackServer server;
  private final LocalDynamoDBRequestHandler database;

  private DynamoEngine(LoopbackServer server, LocalDynamoDBRequestHandler database) {
    this.server = server;
    this.database = database;
  }

  /**
   * @param directory the directory of the tables; null to keep them in memory. SQLite commits every
   *     request to its log before it responds, so a confirmed write survives a killed process.
   * @param port 0 for any free port
   * @param roles the permissions of the functions
   * @throws StartFailure if it cannot start
   */
  public static DynamoEngine start(@Nullable Path directory, int port, Roles roles) {
    quieten();
    try {
      if (directory != null) {
        logAhead(directory.resolve(DATABASE));
      }
      LocalDynamoDBRequestHandler database =
          new LocalDynamoDBRequestHandler(
              0, directory == null, directory == null ? null : directory.toString(), true, false);
      Handler engine =
          new IamFilter(roles, new ContextHandler(new LocalDynamoDBServerHandler(database, "*")));
      return new DynamoEngine(LoopbackServer.start("dynamodb", port, engine), database);
    } catch (Exception e) {
      throw new StartFailure("DynamoDB Local does not start: " + e, e);
    }
  }

  /**
   * Switches SQLite to its write-ahead log; the file keeps the setting. This is as durable as the
   * journal that SQLite would otherwise create and delete for each commit, and allows more than
   * twice as many writes a second.
   */
  private static void logAhead(Path database) throws Exception {
    SQLiteLibraryLoader.initialize();
    SQLiteConnection connection = new SQLiteConnection(database.toFile());
    try {
      connection.open();
      // A stack that has just stopped in this process may still be closing the file.
      connection.setBusyTimeout(BUSY_MS);
      connection.exec("PRAGMA journal_mode=WAL");
    } finally {
      connection.dispose();
    }
  }

  private static void quieten() {
    // Otherwise Log4j stops before DynamoDB Local, which then logs an error.
    System.setProperty("log4j.shutdownHookEnabled", "false");
    System.setProperty("log4j2.StatusLogger.level", "OFF");
    SQLITE.setLevel(java.util.logging.Level.OFF);
    Configurator.setRootLevel(Level.OFF);
    Configurator.setLevel("software.amazon.dynamodb.services.local", Level.OFF);
  }

  public URI endpoint() {
    return server.endpoint();
  }

  @Override
  public void close() {
    try {
      server.close();
    } finally {
      database.shutdown();
    }
  }
}
