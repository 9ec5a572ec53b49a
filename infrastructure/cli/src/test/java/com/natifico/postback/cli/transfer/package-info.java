@NullMarked
package com.natifico.postback.cli.transfer;

import org.jspecify.annotations.NullMarked;
