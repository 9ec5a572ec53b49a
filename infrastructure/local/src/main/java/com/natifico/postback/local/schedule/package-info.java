/** The schedules of functions, as EventBridge runs them. */
@NullMarked
package com.natifico.postback.local.schedule;

import org.jspecify.annotations.NullMarked;
