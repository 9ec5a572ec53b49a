/** The demo tracker and the story told with it. */
@NullMarked
package com.natifico.postback.local.demo;

import org.jspecify.annotations.NullMarked;
