@NullMarked
package com.natifico.postback.operations;

import org.jspecify.annotations.NullMarked;
