/** What operators run: Reconcile reads the tables and changes nothing, Erase deletes. */
@NullMarked
package com.natifico.postback.operations;

import org.jspecify.annotations.NullMarked;
