@NullMarked
package com.natifico.postback.aws.client;

import org.jspecify.annotations.NullMarked;
