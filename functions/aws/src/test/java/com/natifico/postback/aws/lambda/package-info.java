@NullMarked
package com.natifico.postback.aws.lambda;

import org.jspecify.annotations.NullMarked;
