@NullMarked
package com.natifico.postback.contract.input;

import org.jspecify.annotations.NullMarked;
