package com.natifico.postback.cli.mcp;

import com.natifico.postback.cli.api.ApiConnection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Puts the server together. */
public final class McpTools {
  private McpTools() {}

  /**
   * A server with the tools that this key and the caller allow.
   *
   * @param affiliate the only affiliate; null for that of the key, or with an account manager's key
   *     for any
   * @param version this program's
   * @throws com.natifico.postback.cli.api.UsageProblem if the key is neither an affiliate's nor an
   *     account manager's
   */
  public static McpServer server(
      ApiConnection connection, @Nullable String affiliate, boolean allowsWrites, String version)
      throws InterruptedException {
    ToolScope scope = ToolScope.of(connection, affiliate);
    List<McpTool> reading = new ReadingTools(scope).all();
    List<McpTool> writing = allowsWrites ? new WritingTools(scope).all() : List.of();
    return new McpServer(version, Stream.concat(reading.stream(), writing.stream()).toList());
  }
}
