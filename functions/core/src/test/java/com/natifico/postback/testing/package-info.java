/** In-memory twins of the ports, and the contracts that they keep with the real adapters. */
@NullMarked
package com.natifico.postback.testing;

import org.jspecify.annotations.NullMarked;
