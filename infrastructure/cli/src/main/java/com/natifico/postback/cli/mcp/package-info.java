/**
 * The Model Context Protocol (revision 2025-06-18) over standard input and output, so that
 * assistants can answer why a tracker did not get something.
 *
 * <p>{@link com.natifico.postback.cli.mcp.McpServer} reads JSON-RPC messages, one in each line, and
 * answers them; it calls the {@link com.natifico.postback.cli.mcp.McpTool}s that it was given:
 * {@link com.natifico.postback.cli.mcp.ReadingTools} always, and {@link
 * com.natifico.postback.cli.mcp.WritingTools} if they are allowed. A tool calls the API with the
 * key that the process was started with.
 *
 * <p>The five methods of the protocol that tools need are written here, because the official Java
 * SDK brings a reactive library and a validator of JSON schemas, and runs its own threads.
 */
@NullMarked
package com.natifico.postback.cli.mcp;

import org.jspecify.annotations.NullMarked;
