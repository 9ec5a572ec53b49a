/** The command line, on the local stack. */
@org.jspecify.annotations.NullMarked
package com.natifico.postback.endtoend.cli;
