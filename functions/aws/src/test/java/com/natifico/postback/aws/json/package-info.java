@NullMarked
package com.natifico.postback.aws.json;

import org.jspecify.annotations.NullMarked;
