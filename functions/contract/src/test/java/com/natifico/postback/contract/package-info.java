@NullMarked
package com.natifico.postback.contract;

import org.jspecify.annotations.NullMarked;
