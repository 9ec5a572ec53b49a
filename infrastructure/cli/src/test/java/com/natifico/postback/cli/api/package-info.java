@NullMarked
package com.natifico.postback.cli.api;

import org.jspecify.annotations.NullMarked;
