@NullMarked
package com.natifico.postback.functions.authorizer;

import org.jspecify.annotations.NullMarked;
