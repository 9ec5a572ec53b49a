/**
 * What affiliates store, and which of it an event calls for. A {@link Postback} is a key, its
 * settings (scope, request template, event filter, secrets), a status and a revision. {@link
 * Matching} selects for an event in three steps (filter, expand, drop equal requests), and {@link
 * Expansion} makes the request.
 */
@NullMarked
package com.natifico.postback.postback;

import org.jspecify.annotations.NullMarked;
