/**
 * Callbacks over HTTP: within a budget for each stage, only to addresses that the egress guard has
 * checked ({@link GuardedConnector}), and once. {@link HttpTransport} sends the request, and {@link
 * ResponseHeadParser} lets a valid status line decide the outcome.
 */
@NullMarked
package com.natifico.postback.functions.sender.http;

import org.jspecify.annotations.NullMarked;
