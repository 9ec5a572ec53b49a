/**
 * What a function does before its snapshot is taken (SnapStart): {@link Priming} processes a
 * rehearsed event, so that the classes of the first request are loaded and compiled.
 */
@NullMarked
package com.natifico.postback.aws.snapshot;

import org.jspecify.annotations.NullMarked;
