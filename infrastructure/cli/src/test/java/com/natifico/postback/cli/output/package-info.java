@NullMarked
package com.natifico.postback.cli.output;

import org.jspecify.annotations.NullMarked;
