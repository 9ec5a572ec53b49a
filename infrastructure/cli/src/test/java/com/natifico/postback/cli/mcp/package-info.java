@NullMarked
package com.natifico.postback.cli.mcp;

import org.jspecify.annotations.NullMarked;
