package com.natifico.postback.endtoend.kills;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What a run does.
 *
 * @param root where template.yaml and the functions' packages are
 * @param directory for the stack's data and its output
 * @param kills at random moments of the load, the last one when everything is accepted and not yet
 *     delivered
 * @param hangs whether one endpoint in twenty hangs; an attempt there takes 10 s
 * @param seed decides what is pushed when, and after which conversions the stack is killed
 * @param patience for the end of the last delivery after the last push
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
