/**
 * Shows that nothing is lost: runs the real handlers and the whole domain on simulated engines,
 * under every fault, driven by one seed. {@code simulation.md} explains how to read and extend it.
 */
@NullMarked
package com.natifico.postback.simulation;

import org.jspecify.annotations.NullMarked;
