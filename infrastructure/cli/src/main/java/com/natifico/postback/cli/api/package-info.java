/**
 * The client of the HTTP API: {@link com.natifico.postback.cli.api.ApiConnection} sends requests
 * with a key, and {@link com.natifico.postback.cli.api.AffiliateApi} those about one affiliate. A
 * request that the API does not carry out is an {@link com.natifico.postback.cli.api.ApiRefusal},
 * and one that gets no answer an {@link com.natifico.postback.cli.api.ApiUnreachable}.
 */
@NullMarked
package com.natifico.postback.cli.api;

import org.jspecify.annotations.NullMarked;
