/**
 * The proof that nothing is lost: the real handlers and the whole domain on simulated engines,
 * under every fault, driven by one seed. {@code simulation.md} says how to read and to extend it.
 */
@NullMarked
package com.natifico.postback.simulation;

import org.jspecify.annotations.NullMarked;
