/** The console in a real browser, on the local stack. */
@org.jspecify.annotations.NullMarked
package com.natifico.postback.endtoend.console;
