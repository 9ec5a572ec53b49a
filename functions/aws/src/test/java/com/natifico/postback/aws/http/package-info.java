@NullMarked
package com.natifico.postback.aws.http;

import org.jspecify.annotations.NullMarked;
