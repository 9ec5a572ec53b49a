@NullMarked
package com.natifico.postback.aws.log;

import org.jspecify.annotations.NullMarked;
