/** The metrics of the functions. */
@NullMarked
package com.natifico.postback.aws.metric;

import org.jspecify.annotations.NullMarked;
