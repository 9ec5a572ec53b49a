/** API Gateway's events in and out: routes, roles, bodies, problems and cursors. */
@NullMarked
package com.natifico.postback.aws.http;

import org.jspecify.annotations.NullMarked;
