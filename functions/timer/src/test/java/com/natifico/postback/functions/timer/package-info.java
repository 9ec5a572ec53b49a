@NullMarked
package com.natifico.postback.functions.timer;

import org.jspecify.annotations.NullMarked;
