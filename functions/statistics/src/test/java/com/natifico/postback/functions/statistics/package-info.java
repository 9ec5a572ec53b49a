@NullMarked
package com.natifico.postback.functions.statistics;

import org.jspecify.annotations.NullMarked;
