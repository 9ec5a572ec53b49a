@NullMarked
package com.natifico.postback.functions.api;

import org.jspecify.annotations.NullMarked;
