/** The local stack killed with SIGKILL under load, and every conversion accounted for. */
@NullMarked
package com.natifico.postback.endtoend.kills;

import org.jspecify.annotations.NullMarked;
