/** The demo and its tracker. */
@NullMarked
package com.natifico.postback.local.demo;

import org.jspecify.annotations.NullMarked;
