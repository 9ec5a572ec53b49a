/** Kills the local stack with SIGKILL under load, and accounts for every conversion. */
@NullMarked
package com.natifico.postback.endtoend.kills;

import org.jspecify.annotations.NullMarked;
