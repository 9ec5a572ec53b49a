/** API Gateway's HTTP API: routes, authorizers, payload format 2.0. */
@NullMarked
package com.natifico.postback.local.gateway;

import org.jspecify.annotations.NullMarked;
