/** The real engines, in this JVM, for tests. */
@NullMarked
package com.natifico.postback.aws.testing;

import org.jspecify.annotations.NullMarked;
