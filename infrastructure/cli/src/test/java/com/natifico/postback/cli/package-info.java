@NullMarked
package com.natifico.postback.cli;

import org.jspecify.annotations.NullMarked;
