package com.natifico.postback.endtoend.kills;

import java.nio.file.Path;
import java.time.Duration;

/**
 * The plan of a run.
 *
 * @param root the directory of template.yaml and the functions' packages
 * @param directory the directory of the stack's data and output
 * @param kills the number of kills at random times during the load; the last one happens when
 *     everything is accepted but not yet delivered
 * @param hangs whether one endpoint in twenty hangs; an attempt to it takes 10 s
 * @param seed decides what is pushed when, and after which conversions the stack is killed
 * @param patience how long to wait for the last delivery after the last push
 */
record Plan(
    Path root,
    Path directory,
    int conversions,
    int endpoints,
    int kills,
    boolean hangs,
    String parameters,
    long seed,
    Duration patience) {}
