/**
 * The command line {@code postback}, for affiliates, account managers, admins and operators, in one
 * executable jar.
 *
 * <p>{@link com.natifico.postback.cli.PostbackCommand} reads the arguments (picocli) and runs one
 * command; each command is a class with its options. A command takes everything of the process from
 * {@link com.natifico.postback.cli.Surroundings}, calls the API by {@code api}, prints rows by
 * {@code output} and returns an {@code ExitStatus}. {@code doctor} explains what became of a
 * conversion, {@code transfer} imports and exports postbacks, and {@code mcp} serves assistants.
 * {@code reconcile} and {@code erase} read the tables by {@code operations} instead of the API.
 *
 * <pre>{@code
 * commands -> doctor, transfer, mcp -> api
 * commands, doctor, transfer -> output -> api
 * commands -> operations
 * mcp -> doctor
 * }</pre>
 */
@NullMarked
package com.natifico.postback.cli;

import org.jspecify.annotations.NullMarked;
