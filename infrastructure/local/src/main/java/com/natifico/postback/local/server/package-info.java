/** HTTP servers on the loopback interface, all of them Jetty. */
@NullMarked
package com.natifico.postback.local.server;

import org.jspecify.annotations.NullMarked;
