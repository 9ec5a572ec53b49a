/** What the functions measure of themselves. */
@NullMarked
package com.natifico.postback.aws.metric;

import org.jspecify.annotations.NullMarked;
