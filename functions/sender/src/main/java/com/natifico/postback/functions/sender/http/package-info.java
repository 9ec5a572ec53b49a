/** Callbacks out over HTTP: within the budgets, to vetted addresses, and never twice. */
@NullMarked
package com.natifico.postback.functions.sender.http;

import org.jspecify.annotations.NullMarked;
